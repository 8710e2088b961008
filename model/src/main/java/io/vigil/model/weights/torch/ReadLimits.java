package io.vigil.model.weights.torch;

/**
 * Bounds on what a weights file may make the reader allocate or do. The defaults are far above the
 * largest EfficientDet's training checkpoint and far below what would exhaust a small machine.
 *
 * @param fileBytes size of the file
 * @param entries members of the zip archive
 * @param inflation bytes of all members together over bytes of the file; PyTorch does not compress
 * @param pickleBytes size of data.pkl
 * @param operations pickle instructions
 * @param stackDepth objects on the pickle stack
 * @param textBytes length of one name
 * @param storageBytes size of one storage
 * @param tensorElements elements of one tensor
 */
record ReadLimits(
    long fileBytes,
    int entries,
    int inflation,
    int pickleBytes,
    int operations,
    int stackDepth,
    int textBytes,
    int storageBytes,
    long tensorElements) {

  static final ReadLimits DEFAULT =
      new ReadLimits(4L << 30, 100_000, 8, 4 << 20, 2_000_000, 500_000, 1024, 1 << 30, 1L << 28);

  /** More dimensions than PyTorch's own kernels take. */
  static final int DIMENSIONS = 8;
}
