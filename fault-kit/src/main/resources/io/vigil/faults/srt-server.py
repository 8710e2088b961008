"""A camera over SRT that waits for callers, by GStreamer; a caller begins where the camera is.

Prints "ready PORT" when it listens, and ends with its stdin.
"""

import socket  # noqa: E402

PARSERS = {"video/x-h264": "h264parse config-interval=-1", "video/x-h265": "h265parse config-interval=-1"}


def free_port(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_port:
        any_port.bind((address, 0))
        return any_port.getsockname()[1]


def main():
    arguments = parser()
    arguments.add_argument("--passphrase")
    options = arguments.parse_args()
    Gst.init(None)
    port = int(options.port) or free_port(options.address)
    units = Units(options.file, options.fps)
    parse = PARSERS[units.caps.get_structure(0).get_name()]
    pipeline = Gst.parse_launch(
        "%s ! %s ! mpegtsmux alignment=7 ! srtsink name=sink sync=true wait-for-connection=false" % (SOURCE, parse)
    )
    sink = pipeline.get_by_name("sink")
    sink.set_property("uri", "srt://%s:%d?mode=listener" % (options.address, port))
    if options.passphrase:
        sink.set_property("passphrase", options.passphrase)
        sink.set_property("pbkeylen", 16)
    units.feed(pipeline.get_by_name("source"))
    if pipeline.set_state(Gst.State.PLAYING) == Gst.StateChangeReturn.FAILURE:
        sys.exit("cannot listen on port %d" % port)
    serve(port)


main()
