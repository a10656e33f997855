import type { ShopPage } from '../shop-page.ts';
import { plainPage } from './plain-page.ts';

/** The page reader knows every currency mark that the price reader knows. */
export const CURRENCY_WORDS: readonly ShopPage[] = [
  plainPage(
    'Tanzanian shillings in an element without a name',
    { title: 'Solar lantern', product: '<div><span>TSh 45,000</span></div><button>Add to cart</button>' },
    { price: '45000 TZS' },
  ),
  plainPage(
    'Omani rials of three decimals',
    { title: 'Incense burner', product: '<p class="price">OMR 12.750</p><button>Add to cart</button>' },
    { price: '12.750 OMR' },
  ),
  plainPage(
    'Egyptian pounds with a dot between the letters',
    { title: 'Cotton towel', product: '<div class="row"><span>L.E. 350</span></div><button>Add to cart</button>' },
    { price: '350 EGP' },
  ),
  plainPage(
    'Peruvian soles without a dot, in their own element',
    {
      lang: 'es',
      title: 'Olla de barro',
      product: '<div><span>S/</span><span>89.90</span></div><button>Agregar al carrito</button>',
    },
    { price: '89.90 PEN' },
  ),
  plainPage(
    'Georgian lari behind a bare amount',
    { lang: 'ka', title: 'ჩაიდანი', product: '<div><b>129 ₾</b></div><button>კალათაში</button>' },
    { price: '129 GEL' },
  ),
];
