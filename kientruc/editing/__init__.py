"""Changes to files that people wrote: by the spans that reading kept, so that all else stays byte for byte."""
