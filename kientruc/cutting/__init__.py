"""What may be told to whom: an architecture and its results, cut for the public, for officials, or by day."""

from kientruc.cutting.cut import Cut, NotTold, cut
from kientruc.cutting.known import known_on
from kientruc.cutting.results import cut_result

__all__ = ["Cut", "NotTold", "cut", "cut_result", "known_on"]
