/**
 * Simple shapes in a square of 200 × 200. Colours are named: `$b` body (the product's own colour), `$s` its shade, `$l` its
 * light, `$a` the brand's accent, `$d` dark parts such as glass and rubber, `$m` metal.
 */
export const audioAndVideo = {
  'over-ear': `<path d="M40 118V98a60 60 0 0 1 120 0v20" fill="none" stroke="$b" stroke-width="14" stroke-linecap="round"/>
<path d="M46 92a54 54 0 0 1 108 0" fill="none" stroke="$l" stroke-width="4" stroke-linecap="round" opacity=".6"/>
<rect x="24" y="102" width="34" height="66" rx="16" fill="$b"/><rect x="142" y="102" width="34" height="66" rx="16" fill="$b"/>
<rect x="50" y="106" width="18" height="58" rx="9" fill="$d"/><rect x="132" y="106" width="18" height="58" rx="9" fill="$d"/>
<circle cx="36" cy="135" r="6" fill="$a"/><circle cx="164" cy="135" r="6" fill="$a"/>`,
  earbuds: `<rect x="52" y="110" width="96" height="62" rx="28" fill="$b"/><path d="M52 136h96" stroke="$s" stroke-width="4"/><circle cx="100" cy="152" r="4" fill="$a"/>
<path d="M62 34a24 24 0 0 1 24 24v34a8 8 0 0 1-16 0V80a24 24 0 0 1-8-46z" fill="$b"/><circle cx="60" cy="58" r="12" fill="$d"/>
<path d="M138 34a24 24 0 0 0-24 24v34a8 8 0 0 0 16 0V80a24 24 0 0 0 8-46z" fill="$b"/><circle cx="140" cy="58" r="12" fill="$d"/>`,
  stand: `<rect x="52" y="166" width="96" height="14" rx="7" fill="$s"/><rect x="92" y="56" width="16" height="112" fill="$b"/>
<path d="M54 56a46 30 0 0 1 92 0z" fill="$b"/><path d="M62 50a40 22 0 0 1 76 0" fill="none" stroke="$l" stroke-width="5"/><rect x="92" y="120" width="16" height="6" fill="$a"/>`,
  tv: `<rect x="14" y="40" width="172" height="104" rx="6" fill="$d"/><rect x="20" y="46" width="160" height="90" rx="2" fill="$a"/>
<path d="M20 136V96l44-26 34 30 30-18 52 42v12z" fill="#fff" opacity=".28"/><circle cx="146" cy="68" r="12" fill="#fff" opacity=".55"/>
<path d="M56 144l-10 22h10l12-22zM144 144l10 22h-10l-12-22z" fill="$b"/>`,
  remote: `<rect x="74" y="20" width="52" height="160" rx="20" fill="$d"/><circle cx="100" cy="68" r="18" fill="none" stroke="$m" stroke-width="6"/><circle cx="100" cy="68" r="6" fill="$a"/>
<circle cx="86" cy="40" r="5" fill="#e5484d"/><g fill="$m"><circle cx="86" cy="110" r="5"/><circle cx="100" cy="110" r="5"/><circle cx="114" cy="110" r="5"/><circle cx="86" cy="128" r="5"/><circle cx="100" cy="128" r="5"/><circle cx="114" cy="128" r="5"/></g>`,
  cable: `<path d="M40 60c0 80 60 20 60 80s60 20 60-60" fill="none" stroke="$b" stroke-width="10" stroke-linecap="round"/>
<rect x="26" y="26" width="28" height="38" rx="5" fill="$d"/><rect x="32" y="14" width="16" height="14" fill="$m"/><rect x="146" y="46" width="28" height="38" rx="5" fill="$d"/><rect x="152" y="34" width="16" height="14" fill="$m"/><circle cx="40" cy="46" r="4" fill="$a"/><circle cx="160" cy="66" r="4" fill="$a"/>`,
  speaker: `<rect x="22" y="62" width="156" height="80" rx="40" fill="$b"/><circle cx="62" cy="102" r="30" fill="$d"/><circle cx="62" cy="102" r="14" fill="$s"/><circle cx="138" cy="102" r="30" fill="$d"/><circle cx="138" cy="102" r="14" fill="$s"/>
<rect x="92" y="72" width="16" height="6" rx="3" fill="$a"/><path d="M60 62c0-24 80-24 80 0" fill="none" stroke="$d" stroke-width="7"/>`,
  soundbar: `<rect x="8" y="86" width="184" height="36" rx="14" fill="$b"/><rect x="18" y="94" width="164" height="20" rx="9" fill="$d"/><g fill="$m" opacity=".5"><circle cx="40" cy="104" r="6"/><circle cx="60" cy="104" r="6"/><circle cx="140" cy="104" r="6"/><circle cx="160" cy="104" r="6"/></g><rect x="92" y="102" width="16" height="4" rx="2" fill="$a"/>`,
  'bookshelf-speaker': `<g><rect x="30" y="34" width="60" height="134" rx="6" fill="$b"/><circle cx="60" cy="66" r="14" fill="$d"/><circle cx="60" cy="66" r="5" fill="$m"/><circle cx="60" cy="122" r="24" fill="$d"/><circle cx="60" cy="122" r="9" fill="$a"/></g>
<rect x="110" y="34" width="60" height="134" rx="6" fill="$b"/><circle cx="140" cy="66" r="14" fill="$d"/><circle cx="140" cy="66" r="5" fill="$m"/><circle cx="140" cy="122" r="24" fill="$d"/><circle cx="140" cy="122" r="9" fill="$a"/>`,
  'smart-speaker': `<path d="M52 60a48 20 0 0 1 96 0v86a48 20 0 0 1-96 0z" fill="$b"/><ellipse cx="100" cy="60" rx="48" ry="20" fill="$d"/><ellipse cx="100" cy="60" rx="34" ry="13" fill="none" stroke="$a" stroke-width="4"/>
<g stroke="$s" stroke-width="3"><path d="M66 92v64M83 97v66M100 99v66M117 97v66M134 92v64"/></g>`,
  turntable: `<rect x="20" y="46" width="160" height="116" rx="8" fill="$b"/><circle cx="86" cy="104" r="48" fill="$d"/><circle cx="86" cy="104" r="34" fill="none" stroke="#fff" stroke-opacity=".15" stroke-width="3"/><circle cx="86" cy="104" r="16" fill="$a"/><circle cx="86" cy="104" r="3" fill="#fff"/>
<circle cx="156" cy="68" r="10" fill="$m"/><path d="M156 68v58l-26 16" fill="none" stroke="$m" stroke-width="6" stroke-linecap="round"/>`,
  camera: `<path d="M72 46h56l10 18H62z" fill="$s"/><rect x="24" y="62" width="152" height="98" rx="12" fill="$b"/><rect x="24" y="84" width="152" height="46" fill="$d" opacity=".85"/><circle cx="100" cy="110" r="42" fill="$d"/><circle cx="100" cy="110" r="31" fill="$m"/><circle cx="100" cy="110" r="24" fill="#1d2733"/><circle cx="92" cy="102" r="8" fill="$a" opacity=".9"/><rect x="142" y="70" width="22" height="9" rx="4" fill="$a"/>`,
  'action-camera': `<rect x="40" y="56" width="120" height="92" rx="16" fill="$d"/><rect x="54" y="70" width="40" height="30" rx="4" fill="$a"/><circle cx="128" cy="90" r="24" fill="$m"/><circle cx="128" cy="90" r="17" fill="#1d2733"/><circle cx="122" cy="84" r="5" fill="#fff" opacity=".7"/><circle cx="64" cy="128" r="5" fill="#e5484d"/><path d="M86 148h28v20H86z" fill="$m"/>`,
  lens: `<rect x="46" y="44" width="108" height="112" rx="10" fill="$d"/><rect x="38" y="84" width="124" height="34" rx="6" fill="$b"/><g stroke="$s" stroke-width="4"><path d="M52 86v30M66 86v30M80 86v30M94 86v30M108 86v30M122 86v30M136 86v30M150 86v30"/></g><rect x="46" y="128" width="108" height="6" fill="$a"/><ellipse cx="100" cy="46" rx="46" ry="14" fill="#31465c"/><ellipse cx="90" cy="44" rx="16" ry="5" fill="#fff" opacity=".4"/>`,
} as const;
