//! Identity over articles: which people, bodies, places, meetings and statements are the same.
