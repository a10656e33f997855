/** Words in, before or behind an amount that make it the price of sending. */
export const SHIPPING_WORDS =
  /(?<!\p{L})(?:shipping|postage|delivery(?! (?:date|time))|p&p|versand(?:kosten)?|lieferkosten|liefergebühr|livraison|frais de port|envío|envio|gastos de envío|frete|portes|spedizione|consegna|verzending|verzendkosten|bezorgkosten|frakt|fragt|toimitus(?:kulut)?|porto|dostawa|koszt dostawy|wysyłka|doprava|poštovné|szállítás(?:i díj)?|livrare|доставка|kargo|μεταφορικά|phí vận chuyển|ongkir|ongkos kirim)(?!\p{L})|送料|配送料|运费|運費|배송비|배송료|رسوم التوصيل|الشحن|דמי משלוח/iu;

/** A text that says nothing but that sending is free. One that sets a condition says more. */
export const SHIPPING_FREE =
  /^[^\p{L}\p{N}]*(?:free (?:standard |uk |us |express |home )?(?:shipping|delivery|postage)|kostenlose[rn]? (?:versand|lieferung)|versandkostenfrei|gratis(?:versand| versand| lieferung)|livraison (?:gratuite|offerte)|envío (?:gratis|gratuito)|frete grátis|portes grátis|spedizione gratuita|gratis (?:verzending|verzonden|bezorgd|frakt|fragt|spedizione)|fri (?:frakt|fragt)|ilmainen toimitus|(?:darmowa|z darmową) (?:dostawa|dostawą|wysyłka)|doprava zdarma|ingyenes szállítás|livrare gratuită|бесплатная доставка|безкоштовна доставка|ücretsiz kargo|kargo bedava|送料無料|包邮|免运费|免運(?:費)?|무료 ?배송|شحن مجاني|توصيل مجاني|משלוח חינם)[^\p{L}\p{N}]*$/iu;
