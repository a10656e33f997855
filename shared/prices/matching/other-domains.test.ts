import { describe, expect, test } from 'vitest';
import { matchOffers } from './match.ts';

/* Groceries, cosmetics and devices, written for these tests: the weights were fitted on none of them. */

type Row = [domain: string, left: string, right: string];

describe('one product', () => {
  test.each<Row>([
    ['groceries', 'Nescafe Gold Blend Instant Coffee 200g', 'NESCAFÉ Gold Blend Coffee Jar 200 g'],
    ['groceries', 'Barilla Spaghetti No. 5 500g', 'Barilla Spaghetti n.5 Pasta 500 g'],
    ['groceries', 'Lindt Excellence 85% Cocoa Dark Chocolate 100g', 'Lindt Excellence Dark 85% Chocolate Bar 100 g'],
    ['groceries', 'Coca-Cola Zero Sugar 24 x 330ml', 'Coca Cola Zero Sugar Cans 24x330 ml'],
    ['groceries', 'Kelloggs Corn Flakes 500g', "Kellogg's Corn Flakes Cereal 500 g"],
    ['groceries', 'Twinings English Breakfast 100 Tea Bags', 'Twinings English Breakfast Tea 100 Teabags 250g'],
    ['groceries', "Ben & Jerry's Cookie Dough Ice Cream 465ml", 'Ben and Jerrys Cookie Dough 465 ml'],
    ['groceries', 'Filippo Berio Extra Virgin Olive Oil 1L', 'Filippo Berio Extra Virgin Olive Oil 1000ml'],
    ['groceries', 'Pampers Baby-Dry Size 4, 104 Nappies', 'Pampers Baby Dry Nappies Size 4 Pack of 104'],
    ['cosmetics', 'CeraVe Moisturising Cream 454g', 'CeraVe Moisturizing Cream Tub 454 g'],
    [
      'cosmetics',
      'The Ordinary Niacinamide 10% + Zinc 1% 30ml',
      'The Ordinary Niacinamide 10% and Zinc 1% Serum 30 ml',
    ],
    ['cosmetics', 'Nivea Creme 400ml Tin', 'NIVEA Creme Dose 400 ml'],
    ['cosmetics', "L'Oreal Paris Elvive Colour Protect Shampoo 400ml", "L'Oréal Elvive Colour Protect Shampoo 400 ml"],
    [
      'cosmetics',
      'Maybelline Lash Sensational Mascara Very Black',
      'Maybelline New York Lash Sensational Mascara 01 Very Black',
    ],
    ['cosmetics', 'Chanel No 5 Eau de Parfum Spray 100ml', 'CHANEL N°5 Eau de Parfum 100 ml'],
    ['cosmetics', 'Oral-B Pro 3 3000 Electric Toothbrush', 'Oral B Pro 3-3000 CrossAction Electric Toothbrush'],
    [
      'cosmetics',
      'La Roche-Posay Anthelios UVMune 400 SPF50+ 50ml',
      'La Roche Posay Anthelios UVMune 400 Invisible Fluid SPF 50+ 50 ml',
    ],
    ['electronics', 'Bosch Serie 4 WAN28281GB Washing Machine', 'Bosch WAN28281GB 8kg 1400rpm'],
    ['electronics', "De'Longhi Magnifica S ECAM22.110.B", 'DeLonghi ECAM 22.110 B Magnifica S Bean to Cup'],
  ])('%s: %s = %s', (_domain, left, right) => {
    expect(matchOffers({ title: left }, { title: right }).same).toBe(true);
  });
});

describe('two products that share nearly all words', () => {
  test.each<Row>([
    ['cosmetics', 'CeraVe Moisturising Cream 454g', 'CeraVe Moisturising Cream 177ml'],
    ['devices', 'PlayStation 5 Slim Disc 1TB', 'PlayStation 5 Slim Digital Edition 1TB'],
    ['devices', 'HP 305XL Black Ink Cartridge', 'HP 305 Black Ink Cartridge'],
    ['devices', 'HP 305XL Black Ink', 'HP 305XL Tri-Colour Ink'],
    ['groceries', 'Nescafe Gold Blend Instant Coffee 200g', 'Nescafe Gold Blend Decaf Instant Coffee 200g'],
    ['groceries', 'Nescafe Gold Blend Instant Coffee 200g', 'Nescafe Gold Blend Instant Coffee 95g'],
    ['groceries', 'Heinz Baked Beans 415g', 'Heinz Baked Beans No Added Sugar 415g'],
    ['groceries', 'Heinz Baked Beans 415g', 'Heinz Baked Beans 4 x 415g'],
    ['groceries', 'Lindt Excellence 85% Cocoa Dark Chocolate 100g', 'Lindt Excellence 70% Cocoa Dark Chocolate 100g'],
    ['groceries', 'Coca-Cola Zero Sugar 330ml', 'Coca-Cola Original Taste 330ml'],
    ['groceries', 'Walkers Salt & Vinegar Crisps 6 x 25g', 'Walkers Cheese & Onion Crisps 6 x 25g'],
    ['groceries', 'Pampers Baby-Dry Size 4, 104 Nappies', 'Pampers Baby-Dry Size 5, 104 Nappies'],
    ['groceries', 'Twinings English Breakfast 100 Tea Bags', 'Twinings Earl Grey 100 Tea Bags'],
    ['groceries', 'Alpro Almond Milk Unsweetened 1L', 'Alpro Almond Milk Sweetened 1L'],
    ['groceries', "Ben & Jerry's Cookie Dough 465ml", "Ben & Jerry's Chocolate Fudge Brownie 465ml"],
    ['groceries', 'Whiskas Adult Chicken Dry Cat Food 2kg', 'Whiskas Kitten Chicken Dry Cat Food 2kg'],
    ['groceries', 'Barilla Spaghetti No. 5 500g', 'Barilla Penne Rigate 500g'],
    ['groceries', 'Red Bull Energy Drink 250ml', 'Red Bull Sugarfree Energy Drink 250ml'],
    ['groceries', 'Philadelphia Original Soft Cheese 165g', 'Philadelphia Light Soft Cheese 165g'],
    ['cosmetics', 'CeraVe Moisturising Cream 454g', 'CeraVe Moisturising Lotion 473ml'],
    ['cosmetics', 'CeraVe Moisturising Cream 454g', 'CeraVe Moisturising Cream 340g'],
    ['cosmetics', 'The Ordinary Niacinamide 10% + Zinc 1% 30ml', 'The Ordinary Niacinamide 10% + Zinc 1% 60ml'],
    ['cosmetics', 'Chanel No 5 Eau de Parfum 100ml', 'Chanel No 5 Eau de Toilette 100ml'],
    ['cosmetics', "L'Oreal Elvive Colour Protect Shampoo 400ml", "L'Oreal Elvive Colour Protect Conditioner 400ml"],
    ['cosmetics', 'Dior Sauvage Eau de Parfum 60ml', 'Dior Sauvage Eau de Parfum 100ml'],
    ['cosmetics', 'Anthelios UVMune 400 SPF50+ 50ml', 'Anthelios UVMune 400 SPF30 50ml'],
    ['cosmetics', 'Olay Regenerist Day Cream 50ml', 'Olay Regenerist Night Cream 50ml'],
    ['cosmetics', 'Gillette Fusion5 Blades 8 Pack', 'Gillette Fusion5 Blades 4 Pack'],
    ['cosmetics', 'Maybelline Fit Me Foundation 120 Classic Ivory', 'Maybelline Fit Me Foundation 220 Natural Beige'],
    ['cosmetics', 'Nivea Men Sensitive Shaving Gel 200ml', 'Nivea Women Sensitive Shaving Gel 200ml'],
    ['electronics', 'Moccamaster KBG Select Glass carafe', 'Moccamaster KBGT Thermal carafe'],
    ['electronics', 'Bodum Coffee Maker with glass carafe', 'Bodum Coffee Maker with thermal carafe'],
    ['electronics', 'Apple iPhone 15 Pro 256GB', 'Apple iPhone 15 Pro Max 256GB'],
    ['electronics', 'Apple iPhone 13 128GB', 'Apple iPhone 13 mini 128GB'],
    ['electronics', 'Apple iPhone 13 128GB', 'Apple iPhone 13 128GB Refurbished'],
    ['electronics', 'Samsung Galaxy S23 (Renewed)', 'Samsung Galaxy S23'],
    ['electronics', 'Nintendo Switch OLED Console', 'Nintendo Switch OLED Console Mario Kart 8 Bundle'],
    ['electronics', 'Sony PlayStation 5 Disc Edition', 'Sony PlayStation 5 Digital Edition'],
    ['electronics', 'Apple AirPods Pro (2nd Generation)', 'Apple AirPods Pro (1st Generation)'],
    ['electronics', 'Apple iPad Air 5th gen 64GB Wi-Fi', 'Apple iPad Air 5th gen 64GB Wi-Fi + Cellular'],
    ['electronics', 'Amazon Echo Dot 4th Generation', 'Amazon Echo Dot 5th Generation'],
    ['electronics', 'Dell XPS 13 i5 8GB RAM 256GB SSD', 'Dell XPS 13 i7 16GB RAM 512GB SSD'],
    ['electronics', 'Bosch GSR 18V drill body only', 'Bosch GSR 18V drill with 2 batteries and charger'],
    ['electronics', 'Logitech MX Master 3S Left-handed mouse', 'Logitech MX Master 3S Right-handed mouse'],
    ['electronics', 'Microsoft 365 Personal', 'Microsoft 365 Family'],
    ['electronics', 'Windows 11 Home', 'Windows 11 Pro'],
  ])('%s: %s ≠ %s', (_domain, left, right) => {
    expect(matchOffers({ title: left }, { title: right }).same).toBe(false);
  });
});
