"""The engines that find: each answers the protocol of `search.matching.finder`."""
