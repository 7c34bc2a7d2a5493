// The reading page: outline that follows, hits to walk through.
import { startHits } from "./hits.js";
import { startOutline } from "./outline.js";

startOutline(document);
startHits(document);
