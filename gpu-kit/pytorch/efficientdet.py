"""EfficientDet D0 to D4 in PyTorch, written for one comparison: the network that Vigil's speed is held against.

Follows https://arxiv.org/abs/1911.09070 as google/automl has it (SAME padding, minus infinity around max-pools, batch norms'
epsilon 1e-3). Parameters have the names of zylo117's files, so that weights given by a formula of the name can be filled in.
Pictures' height and width are multiples of 128.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

# model: backbone's width and depth, BiFPN's channels and cells, the heads' repeats, the reference's picture side
LEVELS = {
    "d0": (1.0, 1.0, 64, 3, 3, 512),
    "d1": (1.0, 1.1, 88, 4, 3, 640),
    "d2": (1.1, 1.2, 112, 5, 3, 768),
    "d3": (1.2, 1.4, 160, 6, 4, 896),
    "d4": (1.4, 1.8, 224, 7, 4, 1024),
}
# repeats, kernel, stride, expansion, input and output channels
STAGES = [
    (1, 3, 1, 1, 32, 16),
    (2, 3, 2, 6, 16, 24),
    (2, 5, 2, 6, 24, 40),
    (3, 3, 2, 6, 40, 80),
    (3, 5, 1, 6, 80, 112),
    (4, 5, 2, 6, 112, 192),
    (1, 3, 1, 6, 192, 320),
]
ANCHORS = 9
MEAN = (255 * 0.485, 255 * 0.456, 255 * 0.406)
STD = (255 * 0.229, 255 * 0.224, 255 * 0.225)


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3, momentum=0.01)


class Conv(nn.Module):
    """SAME padding. At even sides a stride of 2 pads below and to the right by one more."""

    def __init__(self, cin, cout, kernel=1, stride=1, groups=1, bias=False):
        super().__init__()
        self.pad = ((kernel - 2) // 2, (kernel - 1) // 2) * 2 if stride == 2 else None
        self.conv = nn.Conv2d(cin, cout, kernel, stride, kernel // 2 if stride == 1 else 0, groups=groups, bias=bias)

    def forward(self, x):
        return self.conv(F.pad(x, self.pad) if self.pad else x)


class Block(nn.Module):
    """MBConv: expansion, depthwise convolution, squeeze and excitation, projection."""

    def __init__(self, cin, cout, kernel, stride, expansion):
        super().__init__()
        middle = cin * expansion
        if expansion > 1:
            self._expand_conv, self._bn0 = Conv(cin, middle), norm(middle)
        self._depthwise_conv, self._bn1 = Conv(middle, middle, kernel, stride, middle), norm(middle)
        squeezed = max(1, cin // 4)
        self._se_reduce, self._se_expand = Conv(middle, squeezed, bias=True), Conv(squeezed, middle, bias=True)
        self._project_conv, self._bn2 = Conv(middle, cout), norm(cout)
        self.expands, self.stride, self.adds = expansion > 1, stride, stride == 1 and cin == cout

    def forward(self, x):
        y = F.silu(self._bn0(self._expand_conv(x))) if self.expands else x
        y = F.silu(self._bn1(self._depthwise_conv(y)))
        y = y * torch.sigmoid(self._se_expand(F.silu(self._se_reduce(y.mean((2, 3), keepdim=True)))))
        y = self._bn2(self._project_conv(y))
        return x + y if self.adds else y


def channels(count, width):
    rounded = max(8, int(count * width + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * count * width else rounded


class Backbone(nn.Module):
    """Gives C3, C4 and C5: what goes into each block of stride 2 from the third on, and what leaves the last one."""

    def __init__(self, width, depth):
        super().__init__()
        stem = channels(32, width)
        self._conv_stem, self._bn0 = Conv(3, stem, 3, 2), norm(stem)
        blocks, cin = [], stem
        for repeats, kernel, stride, expansion, _, out in STAGES:
            cout = channels(out, width)
            for repeat in range(math.ceil(depth * repeats)):
                blocks.append(Block(cin, cout, kernel, stride if repeat == 0 else 1, expansion))
                cin = cout
        self._blocks = nn.ModuleList(blocks)
        self.taps = [channels(STAGES[i][5], width) for i in (2, 4, 6)]

    def forward(self, x):
        x, before = F.silu(self._bn0(self._conv_stem(x))), []
        for block in self._blocks:
            if block.stride == 2:
                before.append(x)
            x = block(x)
        return before[2], before[3], x


class Separable(nn.Module):
    def __init__(self, cin, cout, normed=False):
        super().__init__()
        self.depthwise_conv, self.pointwise_conv = Conv(cin, cin, 3, groups=cin), Conv(cin, cout, bias=True)
        if normed:
            self.bn = norm(cout)
        self.normed = normed

    def forward(self, x):
        y = self.pointwise_conv(self.depthwise_conv(x))
        return self.bn(y) if self.normed else y


def up(x):
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def down(x):
    # At even sides, ceil mode is SAME with minus infinity around
    return F.max_pool2d(x, 3, 2, ceil_mode=True)


def reducer(cin, cout):
    return nn.Sequential(Conv(cin, cout, bias=True), norm(cout))


class Cell(nn.Module):
    """A BiFPN cell; the first one takes the backbone's features."""

    def __init__(self, width, taps):
        super().__init__()
        for level in (6, 5, 4, 3):
            setattr(self, f"conv{level}_up", Separable(width, width, True))
            setattr(self, f"p{level}_w1", nn.Parameter(torch.ones(2)))
        for level in (4, 5, 6, 7):
            setattr(self, f"conv{level}_down", Separable(width, width, True))
            setattr(self, f"p{level}_w2", nn.Parameter(torch.ones(2 if level == 7 else 3)))
        self.first = taps is not None
        if self.first:
            self.p3_down_channel = reducer(taps[0], width)
            self.p4_down_channel, self.p4_down_channel_2 = reducer(taps[1], width), reducer(taps[1], width)
            self.p5_down_channel, self.p5_down_channel_2 = reducer(taps[2], width), reducer(taps[2], width)
            self.p5_to_p6 = reducer(taps[2], width)

    def fused(self, node, weights, *inputs):
        w = F.relu(weights)
        w = w / (w.sum() + 1e-4)
        return node(F.silu(sum(w[i] * x for i, x in enumerate(inputs))))

    def forward(self, features):
        if self.first:
            c3, c4, c5 = features
            p6 = down(self.p5_to_p6(c5))
            p7 = down(p6)
            p3, p4, p5 = self.p3_down_channel(c3), self.p4_down_channel(c4), self.p5_down_channel(c5)
            p4_again, p5_again = self.p4_down_channel_2(c4), self.p5_down_channel_2(c5)
        else:
            p3, p4, p5, p6, p7 = features
            p4_again, p5_again = p4, p5
        up6 = self.fused(self.conv6_up, self.p6_w1, p6, up(p7))
        up5 = self.fused(self.conv5_up, self.p5_w1, p5, up(up6))
        up4 = self.fused(self.conv4_up, self.p4_w1, p4, up(up5))
        out3 = self.fused(self.conv3_up, self.p3_w1, p3, up(up4))
        out4 = self.fused(self.conv4_down, self.p4_w2, p4_again, up4, down(out3))
        out5 = self.fused(self.conv5_down, self.p5_w2, p5_again, up5, down(out4))
        out6 = self.fused(self.conv6_down, self.p6_w2, p6, up6, down(out5))
        out7 = self.fused(self.conv7_down, self.p7_w2, p7, down(out6))
        return out3, out4, out5, out6, out7


class Head(nn.Module):
    """One set of convolutions for all levels, with batch norms of each level's own."""

    def __init__(self, width, repeats, outputs):
        super().__init__()
        self.conv_list = nn.ModuleList(Separable(width, width) for _ in range(repeats))
        self.bn_list = nn.ModuleList(nn.ModuleList(norm(width) for _ in range(repeats)) for _ in range(5))
        self.header = Separable(width, outputs)

    def forward(self, features):
        maps = []
        for x, norms in zip(features, self.bn_list):
            for conv, bn in zip(self.conv_list, norms):
                x = F.silu(bn(conv(x)))
            maps.append(self.header(x))
        return maps


class EfficientDet(nn.Module):
    def __init__(self, level, classes=90):
        super().__init__()
        width, depth, fpn, cells, repeats, self.side = LEVELS[level]
        self.classes = classes
        self.backbone_net = nn.ModuleDict({"model": Backbone(width, depth)})
        taps = self.backbone_net["model"].taps
        self.bifpn = nn.Sequential(*(Cell(fpn, taps if i == 0 else None) for i in range(cells)))
        self.classifier = Head(fpn, repeats, ANCHORS * classes)
        self.regressor = Head(fpn, repeats, ANCHORS * 4)
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1), persistent=False)

    def features(self, x):
        """[N, 3, H, W], normalised, to C3..C5 and P3..P7."""
        taps = self.backbone_net["model"](x)
        return taps, self.bifpn(taps)

    def maps(self, x):
        """[N, 3, H, W], normalised, to the class logits and box regressions of each level."""
        _, levels = self.features(x)
        return self.classifier(levels), self.regressor(levels)

    def forward(self, pictures, most):
        """uint8 [N, H, W, 3] to the best candidates, as Vigil's exported graph gives them: logits, classes and places [N, K],
        and regressions [N, K, 4]."""
        x = (pictures.permute(0, 3, 1, 2).to(self.mean.dtype) - self.mean) / self.std
        rows = [torch.cat([rows_of(m, n) for m in maps], 1) for maps, n in zip(self.maps(x), (self.classes, 4))]
        best, pairs = rows[0].flatten(1).topk(most, 1)
        classes, places = pairs % self.classes, torch.div(pairs, self.classes, rounding_mode="floor")
        return best, classes, places, rows[1].gather(1, places[..., None].expand(-1, -1, 4))


def rows_of(a_map, values):
    return a_map.permute(0, 2, 3, 1).reshape(a_map.shape[0], -1, values)
