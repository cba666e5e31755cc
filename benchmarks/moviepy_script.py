"""What a competent user of MoviePy 2 would write; run by that interpreter, with a JSON of scenes.

Speech and every distinct picture of the presenter are given to it, and cost it nothing.
"""

import json
import sys
from functools import cache
from pathlib import Path

import numpy as np
from moviepy import (
    AudioFileClip,
    CompositeVideoClip,
    ImageClip,
    VideoClip,
    VideoFileClip,
    concatenate_videoclips,
)
from PIL import Image


@cache
def sprite(path):
    return np.array(Image.open(path))


def presenter(scene, fps):
    poses = scene["poses"]

    def at(moment):
        return sprite(poses[min(len(poses) - 1, int(moment * fps))])

    picture = VideoClip(lambda t: at(t)[..., :3], duration=scene["seconds"])
    mask = VideoClip(lambda t: at(t)[..., 3] / 255, is_mask=True, duration=scene["seconds"])
    return picture.with_mask(mask).with_position(tuple(scene["place"]))


def compose(scene, size, fps):
    if scene["clip"]:
        ground = VideoFileClip(scene["clip"], audio=False).resized(size)
        ground = ground.subclipped(scene["start"], scene["start"] + scene["seconds"])
    else:
        ground = ImageClip(scene["backdrop"], duration=scene["seconds"])
    film = CompositeVideoClip([ground, presenter(scene, fps)], size=size)
    return film.with_audio(AudioFileClip(scene["sound"])).with_duration(scene["seconds"])


def main(path):
    wanted = json.loads(Path(path).read_text())
    size, fps = tuple(wanted["size"]), wanted["fps"]
    film = concatenate_videoclips([compose(scene, size, fps) for scene in wanted["scenes"]])
    film.write_videofile(
        wanted["output"], fps=fps, codec="libx264", audio_codec="aac", preset=wanted["preset"],
        ffmpeg_params=["-crf", str(wanted["crf"]), "-x264-params", f"subme={wanted['subme']}"],
        threads=2, logger=None,
        temp_audiofile_path=str(Path(wanted["output"]).parent),
    )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1])
