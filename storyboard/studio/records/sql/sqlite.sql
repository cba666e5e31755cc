-- app_tokens.add
INSERT INTO app_tokens (id, partner_id, token, hash_type, session_type, session_user_id, session_duration, session_privileges, expiry, status, created_at, made_by, watched_from, rowid) VALUES (:id, :partner_id, :token, :hash_type, :session_type, :session_user_id, :session_duration, :session_privileges, :expiry, :status, :created_at, :made_by, :watched_from, (SELECT coalesce(max("before".rowid), 0) + 1 AS anon_1
FROM app_tokens AS "before"))

-- app_tokens.all
SELECT app_tokens.id, app_tokens.partner_id, app_tokens.token, app_tokens.hash_type, app_tokens.session_type, app_tokens.session_user_id, app_tokens.session_duration, app_tokens.session_privileges, app_tokens.expiry, app_tokens.status, app_tokens.created_at, app_tokens.made_by, app_tokens.used_at, app_tokens.watched_from
FROM app_tokens ORDER BY app_tokens.created_at DESC, app_tokens.rowid DESC

-- app_tokens.bring_back
INSERT INTO app_tokens (id, partner_id, token, hash_type, session_type, session_user_id, session_duration, session_privileges, expiry, status, created_at, made_by, used_at, watched_from, rowid) VALUES (:id, :partner_id, :token, :hash_type, :session_type, :session_user_id, :session_duration, :session_privileges, :expiry, :status, :created_at, :made_by, :used_at, :watched_from, :rowid)

-- app_tokens.change
UPDATE app_tokens SET hash_type=:hash_type, session_type=:session_type, session_user_id=:session_user_id, session_duration=:session_duration, session_privileges=:session_privileges, expiry=:expiry WHERE app_tokens.id = :id

-- app_tokens.delete
DELETE FROM app_tokens WHERE app_tokens.id = :id

-- app_tokens.delete_all
DELETE FROM app_tokens

-- app_tokens.find
SELECT app_tokens.id, app_tokens.partner_id, app_tokens.token, app_tokens.hash_type, app_tokens.session_type, app_tokens.session_user_id, app_tokens.session_duration, app_tokens.session_privileges, app_tokens.expiry, app_tokens.status, app_tokens.created_at, app_tokens.made_by, app_tokens.used_at, app_tokens.watched_from
FROM app_tokens
WHERE app_tokens.id = :id

-- app_tokens.note_use
UPDATE app_tokens SET used_at=max(app_tokens.used_at, :used_at) WHERE app_tokens.id = :id

-- app_tokens.rows
SELECT app_tokens.id, app_tokens.partner_id, app_tokens.token, app_tokens.hash_type, app_tokens.session_type, app_tokens.session_user_id, app_tokens.session_duration, app_tokens.session_privileges, app_tokens.expiry, app_tokens.status, app_tokens.created_at, app_tokens.made_by, app_tokens.used_at, app_tokens.watched_from, app_tokens.rowid
FROM app_tokens ORDER BY app_tokens.rowid

-- avatars.add
INSERT INTO avatars (seq, id, partner_id, user_id, template_id, background, name, tags, created_at, updated_at) VALUES ((SELECT coalesce(max("before".seq), 0) + 1 AS anon_1
FROM avatars AS "before"), :id, :partner_id, :user_id, :template_id, :background, :name, :tags, :created_at, :updated_at)

-- avatars.bring_back
INSERT INTO avatars (seq, id, partner_id, user_id, template_id, background, name, tags, created_at, updated_at) VALUES (:seq, :id, :partner_id, :user_id, :template_id, :background, :name, :tags, :created_at, :updated_at)

-- avatars.change
UPDATE avatars SET background=:background, name=:name, updated_at=:now WHERE avatars.id = :id

-- avatars.count
SELECT count(*) AS count
FROM avatars

-- avatars.count_chosen
SELECT count(*) AS count
FROM avatars
WHERE avatars.partner_id = :partner_id AND avatars.user_id = :user_id AND (:any_id = 1 OR avatars.id IN (SELECT anon_1.value
FROM json_each(:ids) AS anon_1)) AND (:any_tag = 1 OR (EXISTS (SELECT 1
FROM json_each(avatars.tags) AS anon_2
WHERE anon_2.value IN (SELECT anon_3.value
FROM json_each(:tags) AS anon_3))))

-- avatars.count_of_user
SELECT count(*) AS count
FROM avatars
WHERE avatars.partner_id = :partner_id AND avatars.user_id = :user_id

-- avatars.delete
DELETE FROM avatars WHERE avatars.id = :id

-- avatars.delete_all
DELETE FROM avatars

-- avatars.find
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars
WHERE avatars.id = :id

-- avatars.find_before
SELECT 1 AS found
FROM avatars
WHERE instr(avatars.background, :part) > 0
 LIMIT 1 OFFSET 0

-- avatars.find_in_any_case
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars
WHERE avatars.partner_id = :partner_id AND avatars.user_id = :user_id AND avatars.template_id = :template_id AND lower(avatars.background) = lower(:background) ORDER BY avatars.seq
 LIMIT 1 OFFSET 0

-- avatars.find_same
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars
WHERE avatars.partner_id = :partner_id AND avatars.user_id = :user_id AND avatars.template_id = :template_id AND avatars.background = :background ORDER BY avatars.seq
 LIMIT 1 OFFSET 0

-- avatars.latest
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars ORDER BY avatars.created_at DESC, avatars.seq DESC
 LIMIT :limit OFFSET 0

-- avatars.page
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars
WHERE avatars.partner_id = :partner_id AND avatars.user_id = :user_id AND (:any_id = 1 OR avatars.id IN (SELECT anon_1.value
FROM json_each(:ids) AS anon_1)) AND (:any_tag = 1 OR (EXISTS (SELECT 1
FROM json_each(avatars.tags) AS anon_2
WHERE anon_2.value IN (SELECT anon_3.value
FROM json_each(:tags) AS anon_3)))) ORDER BY avatars.seq DESC
 LIMIT :limit OFFSET :offset

-- avatars.rows
SELECT avatars.seq, avatars.id, avatars.partner_id, avatars.user_id, avatars.template_id, avatars.background, avatars.name, avatars.tags, avatars.created_at, avatars.updated_at
FROM avatars ORDER BY avatars.seq

-- captions.add
INSERT INTO captions (id, entry_id, language, label, format, is_default, content, created_at, size, rowid) VALUES (:id, :entry_id, :language, :label, :format, :is_default, :content, :created_at, :size, (SELECT coalesce(max("before".rowid), 0) + 1 AS anon_1
FROM captions AS "before"))

-- captions.bring_back
INSERT INTO captions (id, entry_id, language, label, format, is_default, content, created_at, size, rowid) VALUES (:id, :entry_id, :language, :label, :format, :is_default, :content, :created_at, :size, :rowid)

-- captions.content
SELECT captions.content
FROM captions
WHERE captions.id = :id

-- captions.count_of_users_uploads
SELECT count(*) AS count
FROM captions
WHERE captions.entry_id IN (SELECT entries.id
FROM entries
WHERE entries.partner_id = :partner_id AND entries.user_id = :user_id AND entries.video_id IS NULL)

-- captions.delete
DELETE FROM captions WHERE captions.id = :id

-- captions.delete_all
DELETE FROM captions

-- captions.delete_of_entry
DELETE FROM captions WHERE captions.entry_id = :entry_id

-- captions.find
SELECT captions.id, captions.entry_id, captions.language, captions.label, captions.format, captions.is_default, captions.size, captions.created_at
FROM captions
WHERE captions.id = :id

-- captions.of_entry
SELECT captions.id, captions.entry_id, captions.language, captions.label, captions.format, captions.is_default, captions.size, captions.created_at
FROM captions
WHERE captions.entry_id = :entry_id ORDER BY captions.created_at, captions.rowid

-- captions.rows
SELECT captions.id, captions.entry_id, captions.language, captions.label, captions.format, captions.is_default, captions.content, captions.created_at, captions.size, captions.rowid
FROM captions ORDER BY captions.rowid

-- captions.set_content
UPDATE captions SET format=:format, content=:content, size=:size WHERE captions.id = :id

-- captions.set_default
UPDATE captions SET is_default=CASE WHEN (captions.id = :id) THEN 1 ELSE 0 END WHERE captions.entry_id = :entry_id

-- coming_files.add
INSERT INTO coming_files (token, blob, keep_until) VALUES (:token, :blob, :keep_until)

-- coming_files.bring_back
INSERT INTO coming_files (token, blob, keep_until) VALUES (:token, :blob, :keep_until)

-- coming_files.delete
DELETE FROM coming_files WHERE coming_files.token = :token

-- coming_files.delete_all
DELETE FROM coming_files

-- coming_files.find
SELECT 1 AS found
FROM coming_files
WHERE coming_files.blob = :blob AND coming_files.keep_until > :now
 LIMIT 1 OFFSET 0

-- coming_files.forget
DELETE FROM coming_files WHERE coming_files.keep_until <= :now

-- coming_files.rows
SELECT coming_files.token, coming_files.blob, coming_files.keep_until
FROM coming_files

-- control.add
INSERT INTO control (revision, resets, faults, is_held, clock_offset) VALUES (0, 0, 0, 0, 0)

-- control.bring_back
INSERT INTO control (revision, resets, faults, is_held, clock_offset, clock_stopped) VALUES (:revision, :resets, :faults, :is_held, :clock_offset, :clock_stopped)

-- control.change
UPDATE control SET revision=:revision, resets=:resets, faults=:faults, is_held=:is_held, clock_offset=:clock_offset, clock_stopped=:clock_stopped

-- control.delete_all
DELETE FROM control

-- control.find
SELECT control.revision, control.resets, control.faults, control.is_held, control.clock_offset, control.clock_stopped, EXISTS (SELECT 1
FROM seed) AS is_seeded
FROM control

-- control.rows
SELECT control.revision, control.resets, control.faults, control.is_held, control.clock_offset, control.clock_stopped
FROM control

-- entries.all
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.all.id
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.id = :id ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.all.id.user_id
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.id = :id AND entries.user_id = :user_id ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.all.ids
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.id IN (SELECT anon_1.value
FROM json_each(:ids) AS anon_1) ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.all.ids.user_id
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.id IN (SELECT anon_1.value
FROM json_each(:ids) AS anon_1) AND entries.user_id = :user_id ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.all.user_id
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.user_id = :user_id ORDER BY entries.created_at DESC, entries.seq DESC

-- entries.blobs
SELECT DISTINCT entries.blob
FROM entries

-- entries.bring_back
INSERT INTO entries (seq, id, partner_id, user_id, name, kind, blob, sha256, size, seconds, fps, width, height, video_id, created_at, updated_at) VALUES (:seq, :id, :partner_id, :user_id, :name, :kind, :blob, :sha256, :size, :seconds, :fps, :width, :height, :video_id, :created_at, :updated_at)

-- entries.bytes_of_uploads
SELECT coalesce(sum(entries.size), 0) AS bytes
FROM entries
WHERE entries.video_id IS NULL

-- entries.bytes_of_users_uploads
SELECT coalesce(sum(entries.size), 0) AS bytes
FROM entries
WHERE entries.video_id IS NULL AND entries.partner_id = :partner_id AND entries.user_id = :user_id

-- entries.count_of_user
SELECT count(*) AS count
FROM entries
WHERE entries.partner_id = :partner_id AND entries.user_id = :user_id

-- entries.count_uploads
SELECT count(*) AS count
FROM entries
WHERE entries.video_id IS NULL AND entries.blob != ''

-- entries.delete
DELETE FROM entries WHERE entries.id = :id

-- entries.delete_all
DELETE FROM entries

-- entries.find
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.id = :id

-- entries.find_film
SELECT 1 AS found
FROM entries
WHERE entries.id = :id AND entries.video_id IS NOT NULL

-- entries.find_with_blob
SELECT 1 AS found
FROM entries
WHERE entries.blob = :blob
 LIMIT 1 OFFSET 0

-- entries.ids_with_content
SELECT entries.id
FROM entries
WHERE entries.blob != ''

-- entries.latest_uploads
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries
WHERE entries.video_id IS NULL AND entries.blob != '' ORDER BY entries.created_at DESC, entries.seq DESC
 LIMIT :limit OFFSET 0

-- entries.put
INSERT INTO entries (seq, id, partner_id, user_id, name, kind, blob, sha256, size, seconds, fps, width, height, video_id, created_at, updated_at) VALUES ((SELECT coalesce(max("before".seq), 0) + 1 AS anon_1
FROM entries AS "before"), :id, :partner_id, :user_id, :name, :kind, :blob, :sha256, :size, :seconds, :fps, :width, :height, :video_id, :created_at, :updated_at) ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, blob = excluded.blob, sha256 = excluded.sha256, size = excluded.size, seconds = excluded.seconds, fps = excluded.fps, width = excluded.width, height = excluded.height, video_id = excluded.video_id, updated_at = excluded.updated_at

-- entries.rename
UPDATE entries SET name=:name, updated_at=:now WHERE entries.id = :id

-- entries.rows
SELECT entries.seq, entries.id, entries.partner_id, entries.user_id, entries.name, entries.kind, entries.blob, entries.sha256, entries.size, entries.seconds, entries.fps, entries.width, entries.height, entries.video_id, entries.created_at, entries.updated_at
FROM entries ORDER BY entries.seq

-- faults.add
INSERT INTO faults (seq, rule, matched, fired, drawn) VALUES ((SELECT coalesce(max("before".seq), 0) + 1 AS anon_1
FROM faults AS "before"), :rule, 0, 0, 0)

-- faults.bring_back
INSERT INTO faults (seq, rule, matched, fired, drawn) VALUES (:seq, :rule, :matched, :fired, :drawn)

-- faults.count
UPDATE faults SET matched=:matched, fired=:fired, drawn=:drawn WHERE faults.seq = :seq

-- faults.delete_all
DELETE FROM faults

-- faults.rows
SELECT faults.seq, faults.rule, faults.matched, faults.fired, faults.drawn
FROM faults ORDER BY faults.seq

-- jobs.add
INSERT INTO jobs (kind, video_id, entry_id, created_at, name, due, trace, rules, needs, seq, state, partner_id, user_id) SELECT :kind AS kind, :video_id AS video_id, :entry_id AS entry_id, :created_at AS created_at, :name AS name, :due AS due, :trace AS trace, :rules AS rules, :needs AS needs, (SELECT coalesce(max("before".seq), 0) + 1 AS anon_1
FROM jobs AS "before") AS seq, 'queued' AS state, coalesce((SELECT videos.partner_id
FROM videos
WHERE videos.id = :video_id), 0) AS partner_id, coalesce((SELECT videos.user_id
FROM videos
WHERE videos.id = :video_id), '') AS user_id
WHERE (SELECT count(*) AS count_1
FROM jobs AS others
WHERE others.state IN ('queued', 'leased') AND others.partner_id = coalesce((SELECT videos.partner_id
FROM videos
WHERE videos.id = :video_id), 0) AND others.user_id = coalesce((SELECT videos.user_id
FROM videos
WHERE videos.id = :video_id), '')) < :most

-- jobs.beat
UPDATE jobs SET lease_until=:lease_until, stage=:stage, done=:done, total=:total, scenes=:scenes WHERE jobs.seq = :seq AND jobs.owner = :owner AND jobs.attempt = :attempt AND jobs.state = 'leased'

-- jobs.bring_back
INSERT INTO jobs (seq, kind, video_id, entry_id, state, attempt, owner, lease_until, stage, done, total, created_at, started_at, ended_at, outcome, scenes, name, partner_id, user_id, due, trace, rules, needs, unkept) VALUES (:seq, :kind, :video_id, :entry_id, :state, :attempt, :owner, :lease_until, :stage, :done, :total, :created_at, :started_at, :ended_at, :outcome, :scenes, :name, :partner_id, :user_id, :due, :trace, :rules, :needs, :unkept)

-- jobs.cancel
UPDATE jobs SET state='cancelled', owner=NULL, ended_at=:ended_at WHERE jobs.video_id = :video_id AND jobs.state IN ('queued', 'leased')

-- jobs.clock
SELECT (julianday('now') - 2440587.5) * 86400.0 AS now

-- jobs.delete_all
DELETE FROM jobs

-- jobs.delete_of_video
DELETE FROM jobs WHERE jobs.video_id = :video_id

-- jobs.find_ended
SELECT 1 AS found
FROM jobs
WHERE (jobs.state NOT IN ('queued', 'leased')) AND jobs.ended_at < :before
 LIMIT 1 OFFSET 0

-- jobs.find_in_work
SELECT 1 AS found
FROM jobs JOIN videos ON videos.id = jobs.video_id
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'leased' AND instr(videos.scenes || coalesce(videos.compose_params, ''), :part) > 0
 LIMIT 1 OFFSET 0

-- jobs.find_queued
SELECT 1 AS found
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'queued' AND jobs.kind = :kind AND (jobs.needs IS NULL OR jobs.needs = :needs)
 LIMIT 1 OFFSET 0

-- jobs.find_silent
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.seq = :seq AND jobs.state = 'leased' AND jobs.attempt = :attempt AND jobs.lease_until = :held_until

-- jobs.finish
UPDATE jobs SET state='ended', owner=NULL, ended_at=:ended_at, outcome=:outcome WHERE jobs.seq = :seq AND jobs.owner = :owner AND jobs.attempt = :attempt AND jobs.state = 'leased'

-- jobs.first_of_user
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'queued' AND jobs.kind = :kind AND (jobs.needs IS NULL OR jobs.needs = :needs) AND jobs.partner_id = :partner_id AND jobs.user_id = :user_id ORDER BY jobs.due, jobs.seq + 0
 LIMIT 1 OFFSET 0

-- jobs.forget_ended
DELETE FROM jobs WHERE (jobs.state NOT IN ('queued', 'leased')) AND jobs.ended_at < :before

-- jobs.in_work
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'leased' ORDER BY jobs.seq + 0
 LIMIT :most OFFSET 0

-- jobs.lanes
SELECT jobs.kind, count(CASE WHEN (jobs.state = 'queued') THEN 1 END) AS waiting, count(CASE WHEN (jobs.state = 'leased') THEN 1 END) AS in_work, min(CASE WHEN (jobs.state = 'queued') THEN jobs.created_at END) AS oldest
FROM jobs
WHERE jobs.state IN ('queued', 'leased') GROUP BY jobs.kind

-- jobs.last_of_each_video
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.seq IN (SELECT max("each".seq) AS max_1
FROM jobs AS "each" GROUP BY "each".video_id) ORDER BY jobs.seq

-- jobs.last_of_video
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.video_id = :video_id ORDER BY jobs.seq DESC
 LIMIT 1 OFFSET 0

-- jobs.lease
UPDATE jobs SET state='leased', attempt=(jobs.attempt + 1), owner=:owner, lease_until=:lease_until, stage=NULL, done=0, total=0, started_at=coalesce(jobs.started_at, :now), scenes='[]' WHERE jobs.seq = :seq

-- jobs.open
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs
WHERE jobs.state IN ('queued', 'leased') ORDER BY jobs.seq + 0

-- jobs.release
UPDATE jobs SET state='queued', attempt=(jobs.attempt - 1), owner=NULL, lease_until=NULL, unkept=:unkept WHERE jobs.seq = :seq AND jobs.owner = :owner AND jobs.attempt = :attempt AND jobs.state = 'leased'

-- jobs.rows
SELECT jobs.seq, jobs.kind, jobs.video_id, jobs.entry_id, jobs.state, jobs.attempt, jobs.owner, jobs.lease_until, jobs.stage, jobs.done, jobs.total, jobs.created_at, jobs.started_at, jobs.ended_at, jobs.outcome, jobs.scenes, jobs.name, jobs.partner_id, jobs.user_id, jobs.due, jobs.trace, jobs.rules, jobs.needs, jobs.unkept
FROM jobs ORDER BY jobs.seq

-- jobs.silent
SELECT jobs.seq, jobs.owner, jobs.attempt, jobs.lease_until
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'leased' AND jobs.kind = :kind AND (jobs.needs IS NULL OR jobs.needs = :needs) AND (jobs.lease_until < :now OR substr(jobs.owner, 1, length(:machine)) = :machine) ORDER BY jobs.seq + 0

-- jobs.users
SELECT jobs.partner_id, jobs.user_id, count(CASE WHEN (jobs.state = 'leased') THEN 1 END) AS in_work, min(CASE WHEN (jobs.state = 'queued' AND (jobs.needs IS NULL OR jobs.needs = :needs)) THEN jobs.due END) AS due
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.kind = :kind GROUP BY jobs.partner_id, jobs.user_id
HAVING count(CASE WHEN (jobs.state = 'queued' AND (jobs.needs IS NULL OR jobs.needs = :needs)) THEN 1 END) > 0

-- live_workers.adopt
UPDATE jobs SET needs=:needs WHERE jobs.state IN ('queued', 'leased') AND NOT (jobs.state = 'leased' AND jobs.lease_until >= :now) AND jobs.kind = :kind AND jobs.needs = :former

-- live_workers.alive
SELECT live_workers.owner, live_workers.makes
FROM live_workers
WHERE live_workers.lease_until >= :now

-- live_workers.bring_back
INSERT INTO live_workers (owner, makes, lease_until) VALUES (:owner, :makes, :lease_until)

-- live_workers.delete_all
DELETE FROM live_workers

-- live_workers.forget
DELETE FROM live_workers WHERE live_workers.lease_until < :now

-- live_workers.held
SELECT DISTINCT jobs.kind, jobs.needs
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'leased' AND jobs.lease_until >= :now

-- live_workers.leave
DELETE FROM live_workers WHERE live_workers.owner = :owner

-- live_workers.rows
SELECT live_workers.owner, live_workers.makes, live_workers.lease_until
FROM live_workers

-- live_workers.say
INSERT INTO live_workers (owner, makes, lease_until) VALUES (:owner, :makes, :lease_until) ON CONFLICT (owner) DO UPDATE SET makes = excluded.makes, lease_until = excluded.lease_until

-- live_workers.waiting
SELECT jobs.kind, jobs.needs, count(*) AS waiting, min(jobs.created_at) AS oldest
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND NOT (jobs.state = 'leased' AND jobs.lease_until >= :now) GROUP BY jobs.kind, jobs.needs

-- pairing.add
INSERT INTO pairing (database_id) VALUES (:database_id)

-- pairing.bring_back
INSERT INTO pairing (database_id, files_id) VALUES (:database_id, :files_id)

-- pairing.delete_all
DELETE FROM pairing

-- pairing.find
SELECT pairing.database_id, pairing.files_id
FROM pairing

-- pairing.record
UPDATE pairing SET files_id=:files_id

-- pairing.rows
SELECT pairing.database_id, pairing.files_id
FROM pairing

-- revoked_sessions.bring_back
INSERT INTO revoked_sessions (hash, expiry) VALUES (:hash, :expiry)

-- revoked_sessions.delete_all
DELETE FROM revoked_sessions

-- revoked_sessions.rows
SELECT revoked_sessions.hash, revoked_sessions.expiry
FROM revoked_sessions

-- scene_claims.beat
UPDATE scene_claims SET lease_until=:lease_until WHERE scene_claims.job_seq = :job_seq AND scene_claims.attempt = :attempt AND scene_claims.scene = :scene AND scene_claims.owner = :owner AND (EXISTS (SELECT 1
FROM jobs
WHERE jobs.seq = scene_claims.job_seq AND jobs.attempt = scene_claims.attempt AND jobs.state = 'leased'))

-- scene_claims.bring_back
INSERT INTO scene_claims (job_seq, attempt, scene, owner, lease_until, is_made) VALUES (:job_seq, :attempt, :scene, :owner, :lease_until, :is_made)

-- scene_claims.delete_all
DELETE FROM scene_claims

-- scene_claims.films
SELECT jobs.seq, jobs.attempt, jobs.video_id, jobs.scenes, jobs.rules, jobs.needs
FROM jobs
WHERE jobs.state IN ('queued', 'leased') AND jobs.state = 'leased' AND jobs.kind = :kind AND jobs.stage = 'frames' AND substr(jobs.owner, 1, length(:machine)) != :machine ORDER BY jobs.due

-- scene_claims.forget
DELETE FROM scene_claims WHERE (scene_claims.job_seq NOT IN (SELECT jobs.seq
FROM jobs
WHERE jobs.state IN ('queued', 'leased')))

-- scene_claims.made
UPDATE scene_claims SET is_made=1 WHERE scene_claims.job_seq = :job_seq AND scene_claims.attempt = :attempt AND scene_claims.scene = :scene AND scene_claims.owner = :owner AND (EXISTS (SELECT 1
FROM jobs
WHERE jobs.seq = scene_claims.job_seq AND jobs.attempt = scene_claims.attempt AND jobs.state = 'leased'))

-- scene_claims.of_attempt
SELECT scene_claims.scene, scene_claims.owner, scene_claims.lease_until, scene_claims.is_made
FROM scene_claims
WHERE scene_claims.job_seq = :job_seq AND scene_claims.attempt = :attempt

-- scene_claims.rows
SELECT scene_claims.job_seq, scene_claims.attempt, scene_claims.scene, scene_claims.owner, scene_claims.lease_until, scene_claims.is_made
FROM scene_claims

-- scene_claims.take
INSERT INTO scene_claims (job_seq, attempt, scene, owner, lease_until) VALUES (:job_seq, :attempt, :scene, :owner, :lease_until) ON CONFLICT DO NOTHING

-- seed.bring_back
INSERT INTO seed (value, drawn) VALUES (:value, :drawn)

-- seed.delete_all
DELETE FROM seed

-- seed.draw
UPDATE seed SET drawn=(seed.drawn + 1) RETURNING value, drawn

-- seed.plant
INSERT INTO seed (value, drawn) VALUES (:value, 0)

-- seed.rows
SELECT seed.value, seed.drawn
FROM seed

-- session_uses.bring_back
INSERT INTO session_uses (hash, uses, expiry) VALUES (:hash, :uses, :expiry)

-- session_uses.delete_all
DELETE FROM session_uses

-- session_uses.rows
SELECT session_uses.hash, session_uses.uses, session_uses.expiry
FROM session_uses

-- sessions.count_use
INSERT INTO session_uses (hash, uses, expiry) VALUES (:hash, 1, :expiry) ON CONFLICT (hash) DO UPDATE SET uses = (session_uses.uses + 1), expiry = excluded.expiry RETURNING uses

-- sessions.forget_revoked
DELETE FROM revoked_sessions WHERE revoked_sessions.expiry < :before

-- sessions.forget_uses
DELETE FROM session_uses WHERE session_uses.expiry > 0 AND session_uses.expiry < :before

-- sessions.look
SELECT control.revision, control.resets, control.faults, control.is_held, control.clock_offset, control.clock_stopped, EXISTS (SELECT 1
FROM seed) AS is_seeded, EXISTS (SELECT 1
FROM revoked_sessions
WHERE revoked_sessions.hash = :hash OR revoked_sessions.hash = :group) AS is_revoked
FROM (SELECT 1 AS once) AS asked LEFT OUTER JOIN control ON 1 = 1

-- sessions.revoke
INSERT INTO revoked_sessions (hash, expiry) VALUES (:hash, :expiry) ON CONFLICT (hash) DO UPDATE SET expiry = excluded.expiry

-- upload_tokens.add
INSERT INTO upload_tokens (id, partner_id, user_id, file_name, file_size, status, created_at, updated_at, rowid) VALUES (:id, :partner_id, :user_id, :file_name, :file_size, :status, :created_at, :updated_at, (SELECT coalesce(max("before".rowid), 0) + 1 AS anon_1
FROM upload_tokens AS "before"))

-- upload_tokens.bring_back
INSERT INTO upload_tokens (id, partner_id, user_id, file_name, file_size, uploaded, status, created_at, updated_at, parts, rowid) VALUES (:id, :partner_id, :user_id, :file_name, :file_size, :uploaded, :status, :created_at, :updated_at, :parts, :rowid)

-- upload_tokens.bytes
SELECT coalesce(sum(upload_tokens.uploaded), 0) AS bytes
FROM upload_tokens
WHERE upload_tokens.status != 3

-- upload_tokens.bytes_of_user
SELECT coalesce(sum(upload_tokens.uploaded), 0) AS bytes
FROM upload_tokens
WHERE upload_tokens.status != 3 AND upload_tokens.partner_id = :partner_id AND upload_tokens.user_id = :user_id

-- upload_tokens.close
UPDATE upload_tokens SET status=3, updated_at=:now WHERE upload_tokens.id = :id

-- upload_tokens.count_open_of_user
SELECT count(*) AS count
FROM upload_tokens
WHERE upload_tokens.partner_id = :partner_id AND upload_tokens.user_id = :user_id AND upload_tokens.status != 3

-- upload_tokens.delete
DELETE FROM upload_tokens WHERE upload_tokens.id = :id

-- upload_tokens.delete_all
DELETE FROM upload_tokens

-- upload_tokens.find
SELECT upload_tokens.id, upload_tokens.partner_id, upload_tokens.user_id, upload_tokens.file_name, upload_tokens.file_size, upload_tokens.uploaded, upload_tokens.status, upload_tokens.created_at, upload_tokens.updated_at, upload_tokens.parts
FROM upload_tokens
WHERE upload_tokens.id = :id

-- upload_tokens.ids
SELECT upload_tokens.id
FROM upload_tokens

-- upload_tokens.ids_before
SELECT upload_tokens.id
FROM upload_tokens
WHERE upload_tokens.updated_at < :before

-- upload_tokens.largest_of_user
SELECT coalesce(max(upload_tokens.uploaded), 0) AS bytes
FROM upload_tokens
WHERE upload_tokens.partner_id = :partner_id AND upload_tokens.user_id = :user_id AND upload_tokens.status != 3

-- upload_tokens.name
UPDATE upload_tokens SET file_name=:file_name WHERE upload_tokens.id = :id

-- upload_tokens.of_user
SELECT upload_tokens.id, upload_tokens.partner_id, upload_tokens.user_id, upload_tokens.file_name, upload_tokens.file_size, upload_tokens.uploaded, upload_tokens.status, upload_tokens.created_at, upload_tokens.updated_at, upload_tokens.parts
FROM upload_tokens
WHERE upload_tokens.partner_id = :partner_id AND upload_tokens.user_id = :user_id ORDER BY upload_tokens.created_at DESC, upload_tokens.rowid DESC

-- upload_tokens.receive
UPDATE upload_tokens SET uploaded=:uploaded, status=:status, updated_at=:now, parts=:parts WHERE upload_tokens.id = :id

-- upload_tokens.rows
SELECT upload_tokens.id, upload_tokens.partner_id, upload_tokens.user_id, upload_tokens.file_name, upload_tokens.file_size, upload_tokens.uploaded, upload_tokens.status, upload_tokens.created_at, upload_tokens.updated_at, upload_tokens.parts, upload_tokens.rowid
FROM upload_tokens ORDER BY upload_tokens.rowid

-- videos.add
INSERT INTO videos (id, partner_id, user_id, name, avatar_id, scenes, status, created_at, updated_at, seq) SELECT :id AS id, :partner_id AS partner_id, :user_id AS user_id, :name AS name, :avatar_id AS avatar_id, :scenes AS scenes, :status AS status, :created_at AS created_at, :updated_at AS updated_at, (SELECT coalesce(max("before".seq), 0) + 1 AS anon_1
FROM videos AS "before") AS seq
WHERE (SELECT count(*) AS count
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id) < :most RETURNING seq, id, partner_id, user_id, name, avatar_id, scenes, status, was_composed, compose_params, entry_id, coming_entry_id, reason, created_at, updated_at

-- videos.bring_back
INSERT INTO videos (seq, id, partner_id, user_id, name, avatar_id, scenes, status, was_composed, compose_params, entry_id, coming_entry_id, reason, created_at, updated_at) VALUES (:seq, :id, :partner_id, :user_id, :name, :avatar_id, :scenes, :status, :was_composed, :compose_params, :entry_id, :coming_entry_id, :reason, :created_at, :updated_at)

-- videos.change
UPDATE videos SET name=CASE WHEN :sets_name THEN :name ELSE videos.name END, avatar_id=CASE WHEN :sets_avatar_id THEN :avatar_id ELSE videos.avatar_id END, scenes=CASE WHEN :sets_scenes THEN :scenes ELSE videos.scenes END, status=CASE WHEN :sets_status THEN :status ELSE videos.status END, was_composed=CASE WHEN :sets_was_composed THEN :was_composed ELSE videos.was_composed END, compose_params=CASE WHEN :sets_compose_params THEN :compose_params ELSE videos.compose_params END, entry_id=CASE WHEN :sets_entry_id THEN :entry_id ELSE videos.entry_id END, coming_entry_id=CASE WHEN :sets_coming_entry_id THEN :coming_entry_id ELSE videos.coming_entry_id END, reason=CASE WHEN :sets_reason THEN :reason ELSE videos.reason END, updated_at=max(videos.updated_at, :now) WHERE videos.id = :id RETURNING seq, id, partner_id, user_id, name, avatar_id, scenes, status, was_composed, compose_params, entry_id, coming_entry_id, reason, created_at, updated_at

-- videos.count
SELECT count(*) AS count
FROM videos

-- videos.count_of_user
SELECT count(*) AS count
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id

-- videos.delete
DELETE FROM videos WHERE videos.id = :id

-- videos.delete_all
DELETE FROM videos

-- videos.find
SELECT videos.seq, videos.id, videos.partner_id, videos.user_id, videos.name, videos.avatar_id, videos.scenes, videos.status, videos.was_composed, videos.compose_params, videos.entry_id, videos.coming_entry_id, videos.reason, videos.created_at, videos.updated_at
FROM videos
WHERE videos.id = :id

-- videos.find_in
SELECT videos.id
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id AND videos.status = :status
 LIMIT 1 OFFSET 0

-- videos.find_some
SELECT videos.seq, videos.id, videos.partner_id, videos.user_id, videos.name, videos.avatar_id, videos.scenes, videos.status, videos.was_composed, videos.compose_params, videos.entry_id, videos.coming_entry_id, videos.reason, videos.created_at, videos.updated_at
FROM videos
WHERE videos.id IN (SELECT anon_1.value
FROM json_each(:ids) AS anon_1)

-- videos.ids_by_created_at
SELECT videos.id
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id ORDER BY videos.created_at ASC, videos.seq ASC
 LIMIT :limit OFFSET :offset

-- videos.ids_by_created_at_falling
SELECT videos.id
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id ORDER BY videos.created_at DESC, videos.seq DESC
 LIMIT :limit OFFSET :offset

-- videos.ids_by_updated_at
SELECT videos.id
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id ORDER BY videos.updated_at ASC, videos.seq ASC
 LIMIT :limit OFFSET :offset

-- videos.ids_by_updated_at_falling
SELECT videos.id
FROM videos
WHERE videos.partner_id = :partner_id AND videos.user_id = :user_id ORDER BY videos.updated_at DESC, videos.seq DESC
 LIMIT :limit OFFSET :offset

-- videos.latest
SELECT videos.id
FROM videos ORDER BY videos.updated_at DESC, videos.seq DESC
 LIMIT :limit OFFSET 0

-- videos.rows
SELECT videos.seq, videos.id, videos.partner_id, videos.user_id, videos.name, videos.avatar_id, videos.scenes, videos.status, videos.was_composed, videos.compose_params, videos.entry_id, videos.coming_entry_id, videos.reason, videos.created_at, videos.updated_at
FROM videos ORDER BY videos.seq
