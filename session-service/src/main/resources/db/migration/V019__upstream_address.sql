-- On Kubernetes a desktop has an address of its own and no port of a host: its row says where, and the database still
-- refuses every route that leads anywhere else.
ALTER TABLE containers
  ADD COLUMN upstream_host inet,      -- null where the desktop is reached on host_port
  ADD COLUMN upstream_port integer CHECK (upstream_port BETWEEN 1 AND 65535),
  DROP CONSTRAINT containers_live_row_is_whole,
  ADD CONSTRAINT containers_live_row_is_whole CHECK (
    status IN ('stopped', 'failed')
    OR (proxy_path IS NOT NULL AND owner_slug IS NOT NULL AND upstream_secret IS NOT NULL)),
  ADD CONSTRAINT containers_reached_in_one_way CHECK (
    num_nonnulls(upstream_host, upstream_port) IN (0, 2) AND num_nonnulls(host_port, upstream_host) <= 1),
  ADD CONSTRAINT containers_reached_somewhere CHECK (
    status NOT IN ('starting', 'running') OR num_nonnulls(host_port, upstream_host) = 1),
  -- Never this machine itself, nor the link-local addresses where clouds keep their metadata.
  ADD CONSTRAINT containers_upstream_is_elsewhere CHECK (NOT (
    upstream_host <<= '0.0.0.0/8' OR upstream_host <<= '127.0.0.0/8' OR upstream_host <<= '169.254.0.0/16'
    OR upstream_host <<= '224.0.0.0/3' OR upstream_host <<= '::/127' OR upstream_host <<= 'fe80::/10'
    OR upstream_host <<= 'ff00::/8' OR upstream_host <<= 'fd00:ec2::/32' OR upstream_host <<= '::ffff:0:0/96'
    OR masklen(upstream_host) <> CASE family(upstream_host) WHEN 4 THEN 32 ELSE 128 END));

CREATE UNIQUE INDEX containers_live_upstream ON containers (upstream_host, upstream_port)
  WHERE status NOT IN ('stopped', 'failed');

CREATE OR REPLACE FUNCTION refuse_foreign_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM containers
  WHERE id = NEW.session_id AND generation = NEW.generation AND proxy_path = NEW.proxy_path
    AND user_id = NEW.owner_id::text AND status IN ('starting', 'running')
    AND CASE WHEN upstream_host IS NULL THEN host_port = NEW.port
      ELSE host(upstream_host) = NEW.host AND upstream_port = NEW.port END;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'route % generation % refused: it is not its session''s own address', NEW.proxy_path, NEW.generation
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
