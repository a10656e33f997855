/** L(α) = c0 + c1 α + c2 α² + c3 α³ + c4 α⁴. */
export interface QuarticCoefficients {
  c0: number;
  c1: number;
  c2: number;
  c3: number;
  c4: number;
}
