-- What the edge holds in memory: path → upstream and its credentials. The words on the wire are common's RouteChange.
CREATE TABLE routes (
  proxy_path       text PRIMARY KEY,
  generation       bigint NOT NULL UNIQUE,
  session_id       uuid NOT NULL REFERENCES containers (id),
  owner_id         uuid NOT NULL,
  scheme           text NOT NULL CHECK (scheme IN ('http', 'https')),
  host             text NOT NULL,
  port             integer NOT NULL CHECK (port BETWEEN 1 AND 65535),
  username         text NOT NULL,
  password         text NOT NULL,
  start_query      text NOT NULL,
  strip_prefix     boolean NOT NULL,
  blocked_prefixes text[] NOT NULL,
  verify_tls       boolean NOT NULL
);
CREATE INDEX routes_session ON routes (session_id);

-- A route leads to its own session's port and nowhere else, whoever writes it.
CREATE FUNCTION refuse_foreign_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM containers
  WHERE id = NEW.session_id AND generation = NEW.generation AND proxy_path = NEW.proxy_path
    AND host_port = NEW.port AND user_id = NEW.owner_id::text AND status IN ('starting', 'running');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'route % generation % refused: it is not its session''s own port', NEW.proxy_path, NEW.generation
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER route_is_own BEFORE INSERT OR UPDATE ON routes FOR EACH ROW EXECUTE FUNCTION refuse_foreign_route();

CREATE FUNCTION notify_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM pg_notify('berth_routes', 'withdrawn ' || OLD.proxy_path || ' ' || OLD.generation);
  ELSE
    PERFORM pg_notify('berth_routes', 'published ' || NEW.proxy_path || ' ' || NEW.generation);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER route_changed AFTER INSERT OR UPDATE OR DELETE ON routes FOR EACH ROW EXECUTE FUNCTION notify_route();

-- The edge reads this table and nothing else here. Its role is made with the database; a database without one has no edge yet.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'berth_proxy') THEN
    GRANT SELECT ON routes TO berth_proxy;
  END IF;
END
$$;
