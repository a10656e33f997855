import { fold, words } from './words.ts';

/**
 * Kinds of things that people search for by name, each with the words for it in the languages of the web. One name on a
 * line stands for all others: a search for headphones is served by earbuds and by Kopfhörer. `_` stands for a space.
 */
const SYNONYMS: readonly string[] = [
  'headphones earphones earbuds headset headsets in-ears kopfhörer ohrhörer écouteurs casque_audio auriculares cuffie ' +
    'auricolari fones_de_ouvido koptelefoon oordopjes słuchawki наушники hörlurar høretelefoner hodetelefoner kuulokkeet ' +
    'sluchátka fejhallgató kulaklık ヘッドホン ヘッドフォン イヤホン 耳机 耳機 헤드폰 이어폰 airpods',
  'phone smartphone cellphone mobile_phone cell_phone handy téléphone móvil teléfono telefono cellulare telemóvel celular ' +
    'telefoon telefon smarttelefon mobiltelefon смартфон телефон puhelin スマートフォン 手机 手機 스마트폰 iphone',
  'laptop notebook ultrabook chromebook macbook ordinateur_portable portátil portatile ноутбук ノートパソコン 笔记本电脑 노트북',
  'tv television fernseher téléviseur télé televisor televisore televisie telewizor телевизор televízor テレビ 电视 電視 텔레비전',
  'fridge refrigerator fridge_freezer kühlschrank réfrigérateur frigorífico nevera frigorifero koelkast lodówka ' +
    'холодильник kylskåp køleskab kjøleskap jääkaappi lednice 冷蔵庫 冰箱 냉장고',
  'washing_machine washer waschmaschine lave-linge machine_à_laver lavadora lavatrice wasmachine pralka tvättmaskin ' +
    'vaskemaskine pyykinpesukone pračka стиральная_машина 洗濯機 洗衣机 세탁기',
  'dishwasher geschirrspüler spülmaschine lave-vaisselle lavavajillas lavastoviglie vaatwasser zmywarka diskmaskin ' +
    'opvaskemaskine myčka посудомоечная_машина 食洗機 洗碗机',
  'microwave mikrowelle micro-ondes microondas microonde magnetron mikrofalówka mikrovågsugn микроволновка 電子レンジ 微波炉',
  'oven backofen four horno forno piekarnik ugn духовка',
  'vacuum_cleaner vacuum hoover staubsauger aspirateur aspiradora aspirapolvere stofzuiger odkurzacz dammsugare støvsuger ' +
    'vysavač пылесос 掃除機 吸尘器 청소기',
  'camera digital_camera kamera appareil_photo cámara fotocamera câmera aparat_fotograficzny фотоаппарат カメラ 相机 相機 카메라',
  'monitor bildschirm монитор モニター 显示器 모니터',
  'printer drucker imprimante impresora stampante impressora drukarka skrivare принтер プリンター 打印机 프린터',
  'keyboard tastatur clavier teclado tastiera toetsenbord klawiatura tangentbord клавиатура キーボード 键盘 키보드',
  'mouse maus souris ratón muis mysz mus мышь マウス 鼠标 마우스',
  'speaker loudspeaker lautsprecher enceinte haut-parleur altavoz altoparlante cassa luidspreker głośnik högtalare ' +
    'højttaler колонка スピーカー 音箱 스피커',
  'soundbar sound_bar barre_de_son barra_de_sonido саундбар サウンドバー',
  'tablet tablette tableta планшет タブレット 平板电脑 태블릿 ipad',
  'watch smartwatch smart_watch armbanduhr montre reloj orologio horloge zegarek klocka часы 腕時計 手表 시계',
  'coffee_machine coffee_maker espresso_machine kaffeemaschine kaffeevollautomat machine_à_café cafetière cafetera ' +
    'macchina_da_caffè koffiezetapparaat koffiemachine ekspres_do_kawy kaffebryggare kávovar кофемашина コーヒーメーカー 咖啡机',
  'kettle wasserkocher bouilloire hervidor bollitore waterkoker czajnik vattenkokare чайник',
  'toaster grille-pain tostadora tostapane broodrooster toster brödrost тостер',
  'mixer stand_mixer blender standmixer mixeur batidora frullatore миксер блендер',
  'drill cordless_drill drill_driver akkuschrauber bohrmaschine akkubohrschrauber perceuse taladro trapano boormachine ' +
    'wiertarka wkrętarka borrmaskin дрель шуруповерт',
  'bicycle bike fahrrad vélo bicicleta bici fiets rower cykel велосипед 自転車 自行车',
  'shoe sneaker trainer schuh schuhe turnschuh chaussure basket zapato zapatilla scarpa schoen buty sko кроссовки обувь 靴 鞋',
  'jacket coat jacke mantel veste manteau chaqueta giacca jas kurtka jacka куртка ジャケット 夹克',
  'shirt t-shirt tee hemd chemise camisa camicia overhemd koszula рубашка シャツ',
  'dress kleid robe vestido abito jurk sukienka klänning платье ワンピース 连衣裙',
  'trousers pants jeans hose pantalon pantalones pantaloni broek spodnie byxor брюки',
  'sofa couch canapé divano bank kanapa soffa диван ソファ 沙发',
  'chair stuhl chaise silla sedia stoel krzesło stol стул 椅子 의자',
  'lamp leuchte lampe lámpara lampada lampa лампа ランプ 灯',
  'mattress matratze matelas colchón materasso matras materac madrass матрас',
  'perfume fragrance parfum parfüm eau_de_parfum eau_de_toilette profumo perfumy духи 香水',
  'toothbrush zahnbürste brosse_à_dents cepillo_de_dientes spazzolino tandenborstel szczoteczka зубная_щетка 歯ブラシ 牙刷',
  'shaver razor electric_shaver rasierer rasoir afeitadora rasoio scheerapparaat golarka бритва シェーバー',
  'hair_dryer hairdryer haartrockner föhn sèche-cheveux secador asciugacapelli föhn suszarka фен ドライヤー',
  'console games_console spielkonsole konsole consola konsola приставка',
  'router wlan-router routeur роутер ルーター',
  'ssd solid_state_drive solid-state-drive',
  'hard_drive hdd hard_disk festplatte disque_dur disco_duro disco_rigido dysk_twardy жесткий_диск',
  'cpu processor prozessor processeur procesador processore procesor процессор',
  'graphics_card gpu video_card grafikkarte carte_graphique tarjeta_gráfica scheda_video karta_graficzna видеокарта',
  'wireless bluetooth cordless kabellos drahtlos funk sans_fil inalámbrico senza_fili draadloos bezprzewodowe trådlös ' +
    'беспроводные ワイヤレス 无线 무선',
];

/**
 * Things that are made for, or carried with, other things, by kind. In a title one of these is what is sold, unless the
 * title says that it comes with it.
 */
const ACCESSORIES: Readonly<Record<string, string>> = {
  charger:
    'charger charging_cable charging_station charging_dock charging_pad power_adapter power_supply ac_adapter ladegerät ' +
    'ladekabel ladestation netzteil chargeur cargador caricatore caricabatterie carregador oplader lader ładowarka ' +
    'laddare зарядка зарядное_устройство 充電器 充电器 충전기',
  case:
    'case cover sleeve pouch bumper holster hülle schutzhülle handyhülle etui coque housse étui funda carcasa estuche ' +
    'custodia capa capinha hoesje hoes pokrowiec skal fodral deksel kuori obal pouzdro чехол ケース カバー 保护壳 手机壳 케이스',
  protector:
    'screen_protector protector tempered_glass glass_protector privacy_screen schutzfolie displayschutz panzerglas ' +
    'schutzglas protection_écran verre_trempé protector_de_pantalla cristal_templado vetro_temperato pellicola ' +
    'screenprotector szkło_hartowane folia_ochronna защитное_стекло 保護フィルム 钢化膜',
  cable: 'cable cord kabel câble cavo przewód кабель ケーブル 数据线 케이블',
  adapter: 'adapter adaptateur adaptador adattatore адаптер アダプター 转接头',
  stand:
    'stand holder mount wall_mount bracket hanger hook dock docking_station cradle ständer halter halterung wandhalterung ' +
    'handyhalterung wandhalter support_mural soporte supporto staffa houder muurbeugel uchwyt stojak hållare väggfäste ' +
    'держатель подставка кронштейн スタンド ホルダー 支架 거치대 arm rack',
  tripod: 'tripod stativ trépied trípode treppiede statief штатив 三脚 三脚架',
  part:
    'replacement spare_part spare_parts replacement_part repair_kit ear_pad earpad ear_cushion ear_tip eartip ersatz ' +
    'ersatzteil ersatzteile ersatzakku ersatzfilter ohrpolster remplacement pièce_détachée recambio repuesto ricambio ' +
    'onderdeel vervanging część_zamienna reservdel запчасть for_parts lcd_digitizer housing keycap thumb_grip 交換用 替换',
  battery: 'battery battery_pack batterie batteria batería accu bateria akumulator батарея аккумулятор バッテリー 电池',
  remote:
    'remote_control remote fernbedienung télécommande mando_a_distancia telecomando afstandsbediening pilot пульт ' +
    'リモコン 遥控器',
  strap:
    'strap watch_strap watch_band watchband wristband lanyard uhrenarmband armband correa cinturino bandje pasek ремешок 表带',
  bag:
    'bag carrying_bag carry_case shoulder_bag tasche tragetasche laptoptasche sacoche bolsa borsa torba väska сумка ' +
    'backpack rucksack sac_à_dos mochila zaino rugzak plecak ryggsäck рюкзак リュック バッグ 背包 包',
  skin: 'skin sticker decal wrap aufkleber autocollant pegatina adesivo naklejka наклейка ステッカー 贴纸',
  cleaning:
    'cleaner cleaning_kit cleaning_tablet descaler entkalker reinigungstabletten reiniger détartrant descalcificador ' +
    'decalcificante odkamieniacz cloth wipe',
  ink: 'ink ink_cartridge toner toner_cartridge tinte druckerpatrone tonerkartusche cartouche cartucho cartuccia',
  filter: 'filter vacuum_bag staubsaugerbeutel dust_bag filtre filtro фильтр フィルター 滤芯',
  brush: 'brush_head aufsteckbürste brossette blade rasierklinge scherkopf',
  capsule: 'capsule kapsel',
  amplifier: 'amplifier amp dac verstärker amplificateur amplificador amplificatore',
  extension: 'splitter extension extension_cord verlängerung rallonge',
  table: 'desk table tisch schreibtisch mesa tavolo tafel stół stol bord стол',
  cabinet: 'tv_stand tv_cabinet tv_unit lowboard meuble_tv mueble_tv mobile_tv tv-schrank',
  cooling: 'cooling_pad cooler_pad cooling_fan',
  lens: 'lens lens_cap lens_hood objektiv objektivdeckel objectif objetivo obiettivo объектив レンズ',
  warranty: 'warranty insurance protection_plan garantieverlängerung',
  card: 'gift_card geschenkkarte voucher',
  print: 'poster manual guide sheet_music',
};

/** Last parts of compounds in the languages that write them as one word: Kopfhörerständer, hoesje, telefonskal. */
const COMPOUND_ENDINGS: Readonly<Record<string, string>> = {
  hülle: 'case',
  hoesje: 'case',
  fodral: 'case',
  tasche: 'bag',
  kabel: 'cable',
  ladegerät: 'charger',
  netzteil: 'charger',
  oplader: 'charger',
  ständer: 'stand',
  halter: 'stand',
  halterung: 'stand',
  houder: 'stand',
  hållare: 'stand',
  folie: 'protector',
  schutzglas: 'protector',
  adapter: 'adapter',
  akku: 'battery',
  polster: 'part',
  beutel: 'filter',
  filter: 'filter',
  patrone: 'ink',
  verstärker: 'amplifier',
  kopfhörer: 'kopfhörer',
  fernseher: 'fernseher',
  lautsprecher: 'lautsprecher',
  staubsauger: 'staubsauger',
  telefon: 'telefon',
  waschmaschine: 'waschmaschine',
  schrauber: 'akkuschrauber',
};

export interface Phrase {
  /** What it stands for: the number of a synonym line, or the kind of accessory. */
  readonly concept: string;
  readonly accessory: boolean;
}

const PHRASES = new Map<string, Phrase>();
for (const [index, line] of SYNONYMS.entries()) addPhrases(line, { concept: `kind ${index}`, accessory: false });
for (const [kind, line] of Object.entries(ACCESSORIES)) addPhrases(line, { concept: kind, accessory: true });

function addPhrases(line: string, phrase: Phrase): void {
  for (const entry of line.split(' ')) {
    const key = words(entry.replaceAll('_', ' '))
      .map(({ text }) => text)
      .join(' ');
    if (!PHRASES.has(key)) PHRASES.set(key, phrase);
  }
}

export const LONGEST_PHRASE = 4;

/** What a word or phrase (in the form that `words` gives, joined with single spaces) is the name of. */
export function findPhrase(text: string): Phrase | null {
  return PHRASES.get(text) ?? null;
}

const ENDINGS: readonly (readonly [ending: string, phrase: Phrase | null])[] = Object.entries(COMPOUND_ENDINGS)
  .map(([ending, name]) => [fold(ending), findPhrase(fold(name))] as const)
  .toSorted((a, b) => b[0].length - a[0].length);
const MIN_FIRST_PART = 3;

/** What a compound is by its last part; null for a word that is none. */
export function findCompound(word: string): Phrase | null {
  const found = ENDINGS.find(([ending]) => word.length >= ending.length + MIN_FIRST_PART && word.endsWith(ending));
  return found?.[1] ?? null;
}

const LONGEST_UNSPACED = 10;

/** The longest name at `at` in a run of a script without spaces; null where none begins. */
export function findInRun(run: string, at: number): { text: string; phrase: Phrase } | null {
  for (let length = Math.min(LONGEST_UNSPACED, run.length - at); length > 0; length -= 1) {
    const text = run.slice(at, at + length);
    const phrase = findPhrase(text);
    if (phrase !== null) return { text, phrase };
  }
  return null;
}
