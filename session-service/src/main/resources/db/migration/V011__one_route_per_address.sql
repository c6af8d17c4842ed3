-- Two paths never lead to one desktop: a route that a crash left behind gives way to the one of whoever has the port now.
DELETE FROM routes AS stale USING routes AS younger
WHERE stale.host = younger.host AND stale.port = younger.port AND stale.generation < younger.generation;
CREATE UNIQUE INDEX routes_address ON routes (host, port);

-- When a proxy has not said that it dropped the route, its port rests until then, whatever port_free_at says.
ALTER TABLE containers ADD COLUMN port_unsure_until timestamptz;
