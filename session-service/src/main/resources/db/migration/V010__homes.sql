-- Who owns which home. The volume may not exist (never mounted, reset, lost): the next launch makes it.
CREATE TABLE homes (
  owner_id     text NOT NULL,
  name         text NOT NULL,
  owner_slug   text NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (owner_id, name)
);

-- The home that a session's desktop mounts; null while it has none.
ALTER TABLE containers ADD COLUMN home text;
CREATE INDEX containers_home ON containers (user_id, home) WHERE home IS NOT NULL;

-- Until now every type had a home of its own name.
UPDATE containers SET home = desktop_type WHERE owner_slug IS NOT NULL AND started_at IS NOT NULL;
INSERT INTO homes (owner_id, name, owner_slug, created_at, last_used_at)
SELECT user_id, home, max(owner_slug), min(created_at), max(coalesce(ended_at, now()))
FROM containers WHERE home IS NOT NULL GROUP BY user_id, home;
