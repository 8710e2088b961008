package io.vigil.model.weights.torch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types that PyTorch stores, by the name of their storage class. */
enum StorageType {
  FLOAT("FloatStorage", "float32", 4),
  DOUBLE("DoubleStorage", "float64", 8),
  HALF("HalfStorage", "float16", 2),
  BFLOAT16("BFloat16Storage", "bfloat16", 2),
  LONG("LongStorage", "int64", 8),
  INT("IntStorage", "int32", 4),
  SHORT("ShortStorage", "int16", 2),
  CHAR("CharStorage", "int8", 1),
  BYTE("ByteStorage", "uint8", 1),
  BOOL("BoolStorage", "bool", 1);

  final String className;
  final String typeName;
  final int bytes;

  StorageType(String className, String typeName, int bytes) {
    this.className = className;
    this.typeName = typeName;
    this.bytes = bytes;
  }

  static Optional<StorageType> ofClass(String className) {
    return Arrays.stream(values()).filter(type -> type.className.equals(className)).findFirst();
  }

  /** The element as float32; float64 and int64 are rounded to the nearest. */
  float read(ByteBuffer storage, int index) {
    return switch (this) {
      case FLOAT -> storage.getFloat(index * 4);
      case DOUBLE -> (float) storage.getDouble(index * 8);
      case HALF -> halfToFloat(storage.getShort(index * 2));
      case BFLOAT16 -> Float.intBitsToFloat(storage.getShort(index * 2) << 16);
      case LONG -> storage.getLong(index * 8);
      case INT -> storage.getInt(index * 4);
      case SHORT -> storage.getShort(index * 2);
      case CHAR -> storage.get(index);
      case BYTE, BOOL -> storage.get(index) & 0xff;
    };
  }

  /** IEEE 754 binary16 to binary32, subnormals, infinities and NaN included. */
  static float halfToFloat(short half) {
    int exponent = half >> 10 & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> Float.intBitsToFloat(0x7f800000 | fraction << 13);
          default -> Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
