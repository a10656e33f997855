/** Kinds of shoppers: how much each looks into which categories. Each shopper is a mixture of two. */
export const INTERESTS: readonly Readonly<Record<string, number>>[] = [
  { Headphones: 5, Speakers: 4, TVs: 3, Phones: 1, Books: 1 },
  { Gaming: 6, Laptops: 3, Headphones: 2, TVs: 2, Furniture: 1 },
  { 'Running shoes': 6, Smartwatches: 3, Outdoor: 2, Headphones: 1, Groceries: 1 },
  { Cycling: 6, Outdoor: 3, Smartwatches: 2, Cameras: 1, Groceries: 1 },
  { 'Coffee machines': 5, Kitchen: 4, Groceries: 4, Books: 1 },
  { Kitchen: 5, Groceries: 4, Garden: 3, 'Vacuum cleaners': 2, Books: 1 },
  { Toys: 6, Books: 3, Tablets: 2, 'Vacuum cleaners': 1, Furniture: 1 },
  { Books: 6, Furniture: 2, Tablets: 2, Groceries: 2, 'Coffee machines': 1 },
  { Cameras: 5, Laptops: 3, Outdoor: 3, Tablets: 1, Phones: 1 },
  { Garden: 5, Furniture: 4, 'Vacuum cleaners': 3, Kitchen: 1, TVs: 1 },
  { Phones: 5, Smartwatches: 3, Tablets: 3, Laptops: 2, Headphones: 2 },
  { Outdoor: 5, 'Running shoes': 2, Cameras: 2, Cycling: 2, Books: 1 },
];
