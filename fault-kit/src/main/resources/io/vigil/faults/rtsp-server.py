"""An RTSP server of one camera at /camera, by GStreamer; each client begins with the file's first unit.

Prints "ready PORT" when it listens, and ends with its stdin.
"""

gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, GstRtspServer  # noqa: E402

PAYLOADERS = {
    "video/x-h264": "rtph264pay config-interval=-1",
    "video/x-h265": "rtph265pay config-interval=-1",
    "image/jpeg": "rtpjpegpay",
}


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


def main():
    arguments = parser()
    arguments.add_argument("--credentials", help="user:password")
    arguments.add_argument("--certificate", help="PEM of key and certificate; makes it rtsps")
    options = arguments.parse_args()
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address(options.address)
    server.set_service(options.port)
    factory = Camera(Units(options.file, options.fps))
    if options.credentials or options.certificate:
        authenticate(server, factory, options.credentials, options.certificate)
    server.get_mount_points().add_factory("/camera", factory)
    if server.attach(None) == 0:
        sys.exit("cannot listen on port " + options.port)
    serve(server.get_bound_port())


main()
