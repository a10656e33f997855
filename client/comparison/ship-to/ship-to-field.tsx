import { useId, useMemo } from 'react';
import { LANGUAGE } from '../../ui/language.ts';
import { setShipTo, useShipTo } from './ship-to.ts';
import styles from './ship-to-field.module.css';

/** ISO 3166-1 alpha-2. Browsers have names for these, but no list of them. */
const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF ' +
  'CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF ' +
  'GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP ' +
  'KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA ' +
  'NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH ' +
  'SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG ' +
  'VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** The country that offers are sent to. Shipping, and so the ranking, depends on it. Kept on this device. */
export function ShipToField() {
  const field = useId();
  const shipTo = useShipTo();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(LANGUAGE, { type: 'region' });
    return COUNTRIES.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) =>
      a.name.localeCompare(b.name, LANGUAGE),
    );
  }, []);
  return (
    <p className={styles.field}>
      <label htmlFor={field}>Ship to</label>
      <select id={field} value={shipTo ?? ''} onChange={({ target }) => setShipTo(target.value || null)}>
        <option value="">any country</option>
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
}
