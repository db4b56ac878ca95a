"""What may be told to whom: an architecture and the results of its checks, cut for the public or for officials."""

from kientruc.cutting.cut import Cut, NotTold, cut
from kientruc.cutting.results import cut_result

__all__ = ["Cut", "NotTold", "cut", "cut_result"]
