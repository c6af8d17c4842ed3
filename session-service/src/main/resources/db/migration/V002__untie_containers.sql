-- Takes `containers` over from whatever the port-based application tied it to: its users (now in auth-service),
-- uniqueness over ended rows, and columns that only it filled. No row and no column is lost.
DO $$
DECLARE
  tied record;
BEGIN
  FOR tied IN
    SELECT conrelid::regclass AS place, conname FROM pg_constraint
    WHERE (conrelid = 'containers'::regclass AND contype IN ('f', 'u', 'c'))
       OR (confrelid = 'containers'::regclass AND contype = 'f')
  LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', tied.place, tied.conname);
  END LOOP;
  FOR tied IN
    SELECT indexrelid::regclass AS index FROM pg_index
    WHERE indrelid = 'containers'::regclass AND indisunique AND NOT indisprimary
  LOOP
    EXECUTE format('DROP INDEX %s', tied.index);
  END LOOP;
  FOR tied IN
    SELECT attname FROM pg_attribute
    WHERE attrelid = 'containers'::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull
      AND attname NOT IN ('id', 'user_id', 'session_id', 'container_name', 'desktop_type', 'status', 'created_at')
  LOOP
    EXECUTE format('ALTER TABLE containers ALTER COLUMN %I DROP NOT NULL', tied.attname);
  END LOOP;
END
$$;

ALTER TABLE containers ADD COLUMN IF NOT EXISTS created_at timestamptz;
ALTER TABLE containers
  ALTER COLUMN id DROP IDENTITY IF EXISTS,
  ALTER COLUMN id DROP DEFAULT,
  ALTER COLUMN status DROP DEFAULT,
  ALTER COLUMN created_at DROP DEFAULT;
-- An id that is no UUID becomes one, always the same.
ALTER TABLE containers
  ALTER COLUMN id TYPE uuid USING CASE
    WHEN id::text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN id::text::uuid
    ELSE md5(id::text)::uuid
  END,
  ALTER COLUMN user_id TYPE text USING user_id::text,
  ALTER COLUMN session_id TYPE text USING session_id::text,
  ALTER COLUMN container_name TYPE text,
  ALTER COLUMN desktop_type TYPE text,
  ALTER COLUMN status TYPE text,
  ALTER COLUMN created_at TYPE timestamptz;
UPDATE containers SET created_at = now() WHERE created_at IS NULL;
ALTER TABLE containers
  ALTER COLUMN created_at SET DEFAULT now(),
  ALTER COLUMN created_at SET NOT NULL;
