"""A camera by GStreamer: over RTSP at /camera, or with --srt for who calls it over SRT.

The file's access units are pushed over and over with timestamps of their own, as by a camera that never
ends. A client of RTSP begins with the first, a caller of SRT where the camera is. Prints "ready PORT" when
it listens, and ends with its stdin.
"""

import argparse
import socket
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GLib, Gst, GstRtspServer  # noqa: E402

PAYLOADERS = {
    "video/x-h264": "rtph264pay config-interval=-1",
    "video/x-h265": "rtph265pay config-interval=-1",
    "image/jpeg": "rtpjpegpay",
}
PARSERS = {"video/x-h264": "h264parse config-interval=-1", "video/x-h265": "h265parse config-interval=-1"}
SOURCE = "appsrc name=source is-live=true format=time max-buffers=4"


def access_units(path):
    """All (bytes, pts, is a delta unit) of the file, its caps, and its length; pts in nanoseconds."""
    pipeline = Gst.parse_launch("filesrc name=file ! parsebin ! appsink name=units sync=false")
    pipeline.get_by_name("file").set_property("location", path)
    sink = pipeline.get_by_name("units")
    pipeline.set_state(Gst.State.PLAYING)
    units, caps = [], None
    while True:
        sample = sink.emit("pull-sample")
        if sample is None:
            break
        caps = sample.get_caps()
        buffer = sample.get_buffer()
        delta = buffer.has_flags(Gst.BufferFlags.DELTA_UNIT)
        units.append((buffer.extract_dup(0, buffer.get_size()), buffer.pts, delta))
    pipeline.set_state(Gst.State.NULL)
    return units, caps


class Units:
    """A file's units for any number of sources, each from the first on."""

    def __init__(self, path, fps):
        self.units, self.caps = access_units(path)
        self.duration = Gst.SECOND // fps
        if any(pts == Gst.CLOCK_TIME_NONE for _, pts, _ in self.units):
            self.units = [(u, i * self.duration, d) for i, (u, _, d) in enumerate(self.units)]
        # At the rate asked for, in the file's order of display.
        order = sorted(pts for _, pts, _ in self.units)
        rank = {pts: i for i, pts in enumerate(order)}
        self.units = [(u, rank[pts] * self.duration, d) for u, pts, d in self.units]
        self.length = len(self.units) * self.duration

    def feed(self, source):
        source.set_property("caps", self.caps)
        source.position = 0
        source.connect("need-data", self.push)

    def push(self, source, length):
        loops, index = divmod(source.position, len(self.units))
        data, pts, delta = self.units[index]
        source.position += 1
        buffer = Gst.Buffer.new_wrapped(data)
        buffer.pts = loops * self.length + pts
        buffer.duration = self.duration
        if delta:
            buffer.set_flags(Gst.BufferFlags.DELTA_UNIT)
        source.emit("push-buffer", buffer)


def serve(port):
    """Says the port, and runs until stdin ends."""
    loop = GLib.MainLoop()

    def end_with_stdin():
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=end_with_stdin, daemon=True).start()
    print("ready", port, flush=True)
    loop.run()


class Camera(GstRtspServer.RTSPMediaFactory):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def do_create_element(self, url):
        pay = PAYLOADERS[self.units.caps.get_structure(0).get_name()]
        bin_ = Gst.parse_launch("( %s ! %s name=pay0 pt=96 )" % (SOURCE, pay))
        self.units.feed(bin_.get_by_name("source"))
        return bin_


def authenticate(server, factory, user_and_password, certificate):
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    if user_and_password:
        user, password = user_and_password.split(":", 1)
        auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    else:
        auth.set_default_token(token)
    if certificate:
        auth.set_tls_certificate(Gio.TlsCertificate.new_from_file(certificate))
    server.set_auth(auth)
    permissions = GstRtspServer.RTSPPermissions()
    permissions.add_permission_for_role("viewer", "media.factory.access", True)
    permissions.add_permission_for_role("viewer", "media.factory.construct", True)
    factory.set_permissions(permissions)


def serve_rtsp(units, options):
    server = GstRtspServer.RTSPServer()
    server.set_address(options.address)
    server.set_service(options.port)
    factory = Camera(units)
    if options.credentials or options.certificate:
        authenticate(server, factory, options.credentials, options.certificate)
    server.get_mount_points().add_factory("/camera", factory)
    if server.attach(None) == 0:
        sys.exit("cannot listen on port " + options.port)
    serve(server.get_bound_port())


def free_port(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_port:
        any_port.bind((address, 0))
        return any_port.getsockname()[1]


def serve_srt(units, options):
    port = int(options.port) or free_port(options.address)
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", default="0")
    parser.add_argument("--file", required=True)
    parser.add_argument("--fps", type=int, default=25)
    parser.add_argument("--credentials", help="user:password, of RTSP")
    parser.add_argument("--certificate", help="PEM of key and certificate; makes it rtsps")
    parser.add_argument("--srt", action="store_true")
    parser.add_argument("--passphrase", help="of SRT")
    options = parser.parse_args()
    Gst.init(None)
    (serve_srt if options.srt else serve_rtsp)(Units(options.file, options.fps), options)


main()
