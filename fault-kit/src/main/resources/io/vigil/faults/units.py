"""The access units of a file, over and over, with timestamps of their own, as of a camera that never ends."""

import argparse
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
from gi.repository import GLib, Gst  # noqa: E402


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


SOURCE = "appsrc name=source is-live=true format=time max-buffers=4"


def serve(port):
    """Says the port, and runs until stdin ends."""
    loop = GLib.MainLoop()

    def end_with_stdin():
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=end_with_stdin, daemon=True).start()
    print("ready", port, flush=True)
    loop.run()


def parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", default="0")
    parser.add_argument("--file", required=True)
    parser.add_argument("--fps", type=int, default=25)
    return parser
