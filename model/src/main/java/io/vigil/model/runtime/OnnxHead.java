package io.vigil.model.runtime;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file says of itself, without its weights: those are passed over, not loaded.
 *
 * @param metadata of metadata_props
 * @param inputs of the graph
 * @param outputs of the graph
 */
record OnnxHead(
    Map<String, String> metadata, List<ValueInfoProto> inputs, List<ValueInfoProto> outputs) {

  /** Metadata and value descriptions are short; a longer one is not read. */
  private static final int LONGEST = 1 << 20;

  /** The file is no ONNX model, or the rest of it is missing. */
  static final class NotOnnxException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean cutOff;

    NotOnnxException(boolean cutOff, Throwable cause) {
      super(cause);
      this.cutOff = cutOff;
    }

    /** Whether it began as an ONNX model does. */
    boolean cutOff() {
      return cutOff;
    }
  }

  static OnnxHead read(Path path) throws IOException, NotOnnxException {
    try (InputStream file = Files.newInputStream(path)) {
      return new Walk(CodedInputStream.newInstance(file)).model();
    }
  }

  private static final class Walk {
    private final CodedInputStream in;
    private final OnnxHead head =
        new OnnxHead(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    private boolean graphBegun;

    Walk(CodedInputStream in) {
      this.in = in;
      in.setSizeLimit(Integer.MAX_VALUE);
    }

    OnnxHead model() throws IOException, NotOnnxException {
      try {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
          field(tag);
        }
      } catch (InvalidProtocolBufferException broken) {
        throw new NotOnnxException(graphBegun, broken);
      }
      if (!graphBegun) {
        throw new NotOnnxException(false, null);
      }
      return head;
    }

    private void field(int tag) throws IOException {
      if (isMessage(tag, ModelProto.GRAPH_FIELD_NUMBER)) {
        int limit = in.pushLimit(in.readRawVarint32());
        graphBegun = true;
        graph();
        in.popLimit(limit);
      } else if (isMessage(tag, ModelProto.METADATA_PROPS_FIELD_NUMBER)) {
        StringStringEntryProto entry = message(StringStringEntryProto.parser());
        head.metadata.put(entry.getKey(), entry.getValue());
      } else {
        skip(tag);
      }
    }

    private void graph() throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (isMessage(tag, GraphProto.INPUT_FIELD_NUMBER)) {
          head.inputs.add(message(ValueInfoProto.parser()));
        } else if (isMessage(tag, GraphProto.OUTPUT_FIELD_NUMBER)) {
          head.outputs.add(message(ValueInfoProto.parser()));
        } else {
          skip(tag);
        }
      }
      in.checkLastTagWas(0);
    }

    private void skip(int tag) throws IOException {
      if (!in.skipField(tag)) {
        throw new InvalidProtocolBufferException("a group ends that has not begun");
      }
    }

    private static boolean isMessage(int tag, int field) {
      return tag == (field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED);
    }

    private <T extends MessageLite> T message(Parser<T> parser) throws IOException {
      int length = in.readRawVarint32();
      if (length < 0 || length > LONGEST) {
        throw new InvalidProtocolBufferException("a description of " + length + " bytes");
      }
      return parser.parseFrom(in.readRawBytes(length), ExtensionRegistryLite.getEmptyRegistry());
    }
  }
}
