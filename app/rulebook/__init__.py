"""Own a complex's own rules of procedure 议事规则: values proposed with page and sentence, confirmed by a second person."""
