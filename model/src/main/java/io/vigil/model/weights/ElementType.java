package io.vigil.model.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** The element types that weights files hold, with their names in each format. */
public enum ElementType {
  FLOAT("float32", 4, "FloatStorage", "F32", 1),
  DOUBLE("float64", 8, "DoubleStorage", "F64", 2),
  HALF("float16", 2, "HalfStorage", "F16", 19),
  BFLOAT16("bfloat16", 2, "BFloat16Storage", "BF16", 14),
  LONG("int64", 8, "LongStorage", "I64", 9),
  INT("int32", 4, "IntStorage", "I32", 3),
  SHORT("int16", 2, "ShortStorage", "I16", 5),
  CHAR("int8", 1, "CharStorage", "I8", 6),
  BYTE("uint8", 1, "ByteStorage", "U8", 4),
  BOOL("bool", 1, "BoolStorage", "BOOL", 10);

  private final String typeName;
  private final int bytes;
  private final String torchClass;
  private final String safetensorsName;
  private final int tensorFlowNumber;

  ElementType(
      String typeName, int bytes, String torchClass, String safetensorsName, int tensorFlowNumber) {
    this.typeName = typeName;
    this.bytes = bytes;
    this.torchClass = torchClass;
    this.safetensorsName = safetensorsName;
    this.tensorFlowNumber = tensorFlowNumber;
  }

  /** For people, such as {@code float16}. */
  public String typeName() {
    return typeName;
  }

  /** Of one element. */
  public int bytes() {
    return bytes;
  }

  /** In the header of such a file. */
  public String safetensorsName() {
    return safetensorsName;
  }

  /** By the name of PyTorch's storage class. */
  public static Optional<ElementType> ofTorchClass(String name) {
    return Arrays.stream(values()).filter(type -> type.torchClass.equals(name)).findFirst();
  }

  /** By safetensors' name. */
  public static Optional<ElementType> ofSafetensors(String name) {
    return Arrays.stream(values()).filter(type -> type.safetensorsName.equals(name)).findFirst();
  }

  /** By TensorFlow's number; empty for what is no number, or is not read. */
  public static Optional<ElementType> ofTensorFlow(long number) {
    return Arrays.stream(values()).filter(type -> type.tensorFlowNumber == number).findFirst();
  }

  /** The element as float32; float64 and int64 are rounded to the nearest. */
  public float read(ByteBuffer storage, int index) {
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

  /**
   * Writes elements, each rounded to the nearest, without moving the storage's position.
   *
   * @throws UnsupportedOperationException if it is neither float32 nor float16
   */
  public void put(ByteBuffer storage, float[] values) {
    switch (this) {
      case FLOAT -> storage.asFloatBuffer().put(values);
      case HALF -> {
        var halves = storage.asShortBuffer();
        for (float value : values) {
          halves.put(Halves.of(value));
        }
      }
      default -> throw new UnsupportedOperationException("Nothing is written as " + typeName);
    }
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
