"""Names that try to be something else in a format of pictures."""

HOSTILE = (
    "<b>đậm</b>", "<IMG SRC='/etc/passwd'>", 'x" onload="alert(1)', "x\\", "\\", '\\"', "a\\N\\G\\l",
    '"]; n99 [label="y', "end", "click n0 href 'javascript:alert(1)'", "a; b --> c", "%%{init: {'theme':'dark'}}%%",
    "`mã`", "1. mục", "- mục", "#quot;", "#60;", "&lt;script&gt;", "A & B", "{{ 7*7 }}", "|x|", "[[x]]", "((x))",
    "@{ shape: doc }", "n1:::x", "---", "subgraph x", "a\nb", "a\u2028b", "\u202egnourt", "\u200bẩn", "שלום العالم",
    "😀\U0001f469\u200d\U0001f469\u200d\U0001f467", "từ " * 200, "x" * 500, "", " ", "$$x^2$$", "fa:fa-car",
    "style n0 fill:red", "<", ">", "<<b>x</b>>", "graph", "*đậm* _nghiêng_ ~bỏ~", "https://x.y/z?a=b",
)  # fmt: skip
