// What every page needs: the theme switch, the keys and the help on them.
import { startKeys } from "./keys.js";
import { startThemeSwitch } from "./theme.js";

startThemeSwitch(document);
startKeys(document);
