-- Who did what to which session, when, why, and what came of it. Written in the transaction of the act; only added to.
CREATE TABLE audit (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  action       text NOT NULL,           -- launch, stop, pause, resume, restart, extend, fail; features add their own
  outcome      text NOT NULL CHECK (outcome IN ('asked', 'done', 'failed', 'refused')),
  actor_kind   text NOT NULL CHECK (actor_kind IN ('person', 'admin', 'system')),
  actor_id     text,
  actor_name   text NOT NULL,
  session_id   uuid,                    -- no reference: what was done outlives the session's row
  owner_id     text,
  owner_name   text,
  desktop_type text,
  reason       text
);
CREATE INDEX audit_owner ON audit (owner_id, id DESC);
CREATE INDEX audit_actor ON audit (actor_id, id DESC);
CREATE INDEX audit_session ON audit (session_id, id DESC);
CREATE INDEX audit_at ON audit (at);

-- Not even its owner changes what was written; what is older than a week may be forgotten, as the retention key says.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at < now() - interval '7 days' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
REVOKE UPDATE, TRUNCATE ON audit FROM CURRENT_USER;

ALTER TABLE containers ADD COLUMN doing text NOT NULL DEFAULT 'launch'; -- what was last asked for: launch, pause, resume, restart

-- When desktops ran, for their hours. A trigger keeps it, whoever moves the session.
CREATE TABLE runs (
  session_id   uuid NOT NULL,
  owner_id     text NOT NULL,
  owner_name   text NOT NULL,
  desktop_type text NOT NULL,
  began_at     timestamptz NOT NULL,
  ended_at     timestamptz,
  PRIMARY KEY (session_id, began_at)
);
CREATE UNIQUE INDEX runs_open ON runs (session_id) WHERE ended_at IS NULL;
CREATE INDEX runs_began ON runs (began_at);
CREATE INDEX runs_owner ON runs (owner_id, began_at);

INSERT INTO runs (session_id, owner_id, owner_name, desktop_type, began_at, ended_at)
SELECT id, user_id, owner_slug, desktop_type, started_at, CASE WHEN status <> 'running' THEN coalesce(ended_at, state_since) END
FROM containers WHERE started_at IS NOT NULL AND owner_slug IS NOT NULL;

CREATE FUNCTION note_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'running' AND NEW.status <> 'running' THEN
    UPDATE runs SET ended_at = now() WHERE session_id = NEW.id AND ended_at IS NULL;
  ELSIF NEW.status = 'running' AND OLD.status <> 'running' AND NEW.owner_slug IS NOT NULL AND NEW.user_id IS NOT NULL THEN
    INSERT INTO runs (session_id, owner_id, owner_name, desktop_type, began_at)
    VALUES (NEW.id, NEW.user_id, NEW.owner_slug, NEW.desktop_type, now())
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER session_ran AFTER UPDATE OF status ON containers FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION note_run();

-- The estimate of a launch asks for the latest of a type.
CREATE INDEX containers_launched ON containers (desktop_type, started_at DESC) WHERE started_at IS NOT NULL;
