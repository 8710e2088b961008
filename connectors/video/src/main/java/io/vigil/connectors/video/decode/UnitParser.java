package io.vigil.connectors.video.decode;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_parser_close;
import static org.bytedeco.ffmpeg.global.avcodec.av_parser_init;
import static org.bytedeco.ffmpeg.global.avcodec.av_parser_parse2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVCodecParserContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** What access units say of themselves, found without decoding one. */
public final class UnitParser implements AutoCloseable {

  /** FFmpeg's PARSER_FLAG_COMPLETE_FRAMES: what it is given are whole units. */
  private static final int WHOLE_UNITS = 1;

  private final AVCodecParserContext parser;
  private final AVCodecContext context;
  private final PointerPointer<BytePointer> out = new PointerPointer<>(1);
  private final IntPointer outSize = new IntPointer(1);

  private UnitParser(UnitCodec codec) {
    parser = av_parser_init(codec.id());
    parser.flags(parser.flags() | WHOLE_UNITS);
    context = avcodec_alloc_context3(avcodec_find_decoder(codec.id()));
  }

  /**
   * @param width as coded; 0 if no parameters were seen, in this unit or before
   * @param key whether decoding may begin here, if it carries the parameters too
   */
  public record Header(int width, int height, boolean key) {}

  /**
   * @param codec of access units
   */
  public static UnitParser of(UnitCodec codec) {
    FFmpeg.load();
    return new UnitParser(codec);
  }

  public Header parse(byte[] unit) {
    try (var bytes = new BytePointer((long) unit.length + AV_INPUT_BUFFER_PADDING_SIZE)) {
      bytes.put(unit);
      bytes.position(unit.length).fill(0);
      bytes.position(0);
      av_parser_parse2(
          parser, context, out, outSize, bytes, unit.length, AV_NOPTS_VALUE, AV_NOPTS_VALUE, 0);
      return new Header(parser.width(), parser.height(), parser.key_frame() == 1);
    }
  }

  @Override
  public void close() {
    av_parser_close(parser);
    avcodec_free_context(context);
    out.close();
    outSize.close();
  }
}
