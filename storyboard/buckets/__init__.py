"""Object stores as S3, Google and Azure have them: their names, logins, faults and clients."""
