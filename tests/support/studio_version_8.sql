BEGIN TRANSACTION;
CREATE TABLE app_tokens (
        id TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, token TEXT NOT NULL,
        hash_type TEXT NOT NULL, session_type INTEGER NOT NULL, session_user_id TEXT NOT NULL,
        session_duration INTEGER NOT NULL, session_privileges TEXT NOT NULL,
        expiry INTEGER NOT NULL, status INTEGER NOT NULL, created_at REAL NOT NULL
    );
INSERT INTO "app_tokens" VALUES('1_upxa1606',998543570,'76693c990dcc797982cf98b2ac63d8a3','SHA1',0,'ana',86400,'',0,2,1790000000.5);
CREATE TABLE avatars (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        template_id TEXT NOT NULL, background TEXT NOT NULL,
        created_at REAL NOT NULL, updated_at REAL NOT NULL,
        UNIQUE (partner_id, user_id, template_id, background)
    );
INSERT INTO "avatars" VALUES(1,'2c056382c06fb331e05439a9',998543570,'local','jane','{"type": "color", "color": "#CEEEDB"}',1790000000.5,1790000000.5);
CREATE TABLE captions (
        id TEXT PRIMARY KEY, entry_id TEXT NOT NULL, language TEXT NOT NULL, label TEXT NOT NULL,
        format INTEGER NOT NULL, is_default INTEGER NOT NULL, content TEXT NOT NULL,
        created_at REAL NOT NULL
    , size INTEGER NOT NULL DEFAULT 0);
CREATE TABLE entries (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        name TEXT NOT NULL, kind TEXT NOT NULL, blob TEXT NOT NULL, sha256 TEXT NOT NULL,
        size INTEGER NOT NULL, seconds REAL NOT NULL, fps REAL NOT NULL,
        width INTEGER NOT NULL, height INTEGER NOT NULL, video_id TEXT,
        created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
INSERT INTO "entries" VALUES(1,'1_1yb80czx',998543570,'local','clip','video','','',0,0.0,0.0,0,0,NULL,1790000000.5,1790000000.5);
CREATE TABLE jobs (
        seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, video_id TEXT NOT NULL,
        entry_id TEXT NOT NULL, state TEXT NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
        owner TEXT, lease_until REAL, stage TEXT, done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0, created_at REAL NOT NULL, started_at REAL,
        ended_at REAL, outcome TEXT
    , scenes TEXT NOT NULL DEFAULT '[]', name TEXT);
INSERT INTO "jobs" VALUES(1,'generate','98b97569705389f4c56b58d7','1_25nah54f','queued',0,NULL,NULL,NULL,0,0,1790000000.5,NULL,NULL,NULL,'[]',NULL);
CREATE TABLE revoked_sessions (hash TEXT PRIMARY KEY, expiry INTEGER NOT NULL);
CREATE TABLE seed (value TEXT NOT NULL, drawn INTEGER NOT NULL);
CREATE TABLE session_uses (hash TEXT PRIMARY KEY, uses INTEGER NOT NULL);
CREATE TABLE upload_tokens (
        id TEXT PRIMARY KEY, partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        file_name TEXT NOT NULL, file_size INTEGER, uploaded INTEGER NOT NULL DEFAULT 0,
        status INTEGER NOT NULL, created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
INSERT INTO "upload_tokens" VALUES('1_d2ffc7893cc4201688148b6753d70b68',998543570,'local','clip.mp4',NULL,0,0,1790000000.5,1790000000.5);
CREATE TABLE videos (
        seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
        partner_id INTEGER NOT NULL, user_id TEXT NOT NULL,
        name TEXT NOT NULL, avatar_id TEXT, scenes TEXT NOT NULL,
        status TEXT NOT NULL, was_composed INTEGER NOT NULL DEFAULT 0,
        compose_params TEXT, entry_id TEXT, coming_entry_id TEXT, reason TEXT,
        created_at REAL NOT NULL, updated_at REAL NOT NULL
    );
INSERT INTO "videos" VALUES(1,'8e070dec972a0c966821a66f',998543570,'local','Q1 training','2c056382c06fb331e05439a9','[{"layoutType": "full-screen", "narration": {"text": "Welcome to the training overview."}}]','draft',0,NULL,NULL,NULL,NULL,1790000000.5,1790000000.5);
INSERT INTO "videos" VALUES(2,'98b97569705389f4c56b58d7',998543570,'local','Überblick — 日本','2c056382c06fb331e05439a9','[{"layoutType": "full-screen", "narration": {"text": "Welcome to the training overview."}}]','generating',0,NULL,NULL,'1_25nah54f',NULL,1790000000.5,1790000000.5);
CREATE INDEX videos_by_owner ON videos (partner_id, user_id, created_at);
CREATE UNIQUE INDEX one_open_job_a_video ON jobs (video_id) WHERE state IN ('queued', 'leased');
CREATE INDEX videos_by_change ON videos (updated_at);
CREATE INDEX videos_of_owner_by_change ON videos (partner_id, user_id, updated_at);
CREATE INDEX jobs_by_video ON jobs (video_id);
CREATE INDEX captions_listed ON captions
        (entry_id, created_at, id, language, label, format, is_default, size);
COMMIT;
PRAGMA user_version=8;
