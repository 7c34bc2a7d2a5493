// The reading page: outline that follows, hits to walk through, passages to copy.
import { startCopying } from "./copying.js";
import { startHits } from "./hits.js";
import { startOutline } from "./outline.js";

startOutline(document);
startHits(document);
startCopying(document);
