"""Own who may reach what: the permissions, the role table, the actor and the registry of endpoints."""
