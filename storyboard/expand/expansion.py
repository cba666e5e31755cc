"""One storyboard × one locale → one video, with the author's places, or what is in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from storyboard.catalogs.untranslated import Untranslated
from storyboard.counting import counted
from storyboard.expand.assembly import Assembled
from storyboard.expand.cast import Cast, layered
from storyboard.expand.doubt import Doubt
from storyboard.expand.localization import Localized, localized
from storyboard.expand.localized_names import localized_names
from storyboard.expand.rendering import Broken, Renderer, template_finding
from storyboard.expand.scenes import Take, take_scenes
from storyboard.expand.staging import Staged, stage_scene
from storyboard.expand.texts import Texts
from storyboard.expand.titles import Titled, layered_titles, title_scenes
from storyboard.expand.top import Top, resolve_top
from storyboard.expand.value_check import ValueCheck
from storyboard.language.clip import Clip
from storyboard.language.place import Place
from storyboard.language.project import EnvironmentOverlay, Project
from storyboard.language.storyboard import Storyboard
from storyboard.narration.phonemes import respellings, takes_phonemes
from storyboard.narration.pronunciation import Say, said_in, say_of
from storyboard.narration.told_locales import told_locales
from storyboard.source.diagnostic import Diagnostic, diagnose
from storyboard.source.span import Span
from storyboard.templates.variables import Layer, resolve_variables
from storyboard.templates.work import work_of_a_video
from storyboard.video import Address, Scene, Video
from storyboard.wire import MAX_SCENES, SAY


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds the storyboards of one compilation; `variables` come from files and flags.

    `is_local` tells that a local studio makes the films, which is told how words are said.
    """

    project: Project
    environment: EnvironmentOverlay
    variables: Mapping[str, Any] = field(default_factory=dict)
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class Expansion:
    """What became of a storyboard in one locale; no video where anything in it is at fault.

    `backgrounds` are the ids of library backgrounds in use, by where each is written. `clips` has
    what the author says of entries, by their ids; `texts` are the catalogs that it
    was read from. `used_titles` are the names of the titles that scenes show, `letterings` what
    they say. `doubts` are values that may be words to translate, with the texts they stand in;
    `untranslated` are texts whose translations are the source's words.
    """

    address: Address
    video: Video | None
    clips: Mapping[str, Clip]
    findings: tuple[Diagnostic, ...]
    used_avatars: frozenset[str]
    used_entries: frozenset[str]
    texts: Texts
    backgrounds: Mapping[Place, str]
    used_titles: frozenset[str] = frozenset()
    letterings: tuple[tuple[str, Span], ...] = ()
    doubts: tuple[tuple[Doubt, Place], ...] = ()
    untranslated: tuple[Untranslated, ...] = ()


@work_of_a_video()
def expand(assembled: Assembled, locale: str | None, setting: Setting, texts: Texts) -> Expansion:
    """Resolve everything for one locale."""
    storyboard = assembled.storyboard
    local = localized(storyboard, locale)
    renderer = open_renderer(assembled, local, locale, setting)
    check = ValueCheck(is_silent=not assembled.is_sound)
    cast = open_cast(storyboard, local, setting, renderer, check)
    top = resolve_top(storyboard, local, setting.project, cast, texts)
    takes = take_scenes(assembled, local.scenes, renderer)
    staged = [stage_scene(take, cast, texts) for take in takes]
    if len(staged) > MAX_SCENES:
        check.refuse(_too_many_scenes(staged))
    if not (staged or storyboard.compose or renderer.found):
        check.refuse(_no_scenes(storyboard))
    titled = _titled(takes, staged, top, cast, texts)
    findings = (*renderer.found, *check.findings)
    address = Address(storyboard.id, locale)
    is_good = assembled.is_sound and not findings
    return Expansion(
        address=address,
        video=_video(address, top, staged, titled, cast, setting) if is_good else None,
        clips=cast.clips,
        findings=findings,
        used_avatars=frozenset(cast.used_avatars),
        used_entries=frozenset(cast.used_entries),
        texts=texts,
        backgrounds=cast.backgrounds,
        used_titles=frozenset(titled.used) if titled else frozenset(),
        letterings=tuple(titled.texts) if titled else (),
        doubts=tuple(renderer.doubts),
        untranslated=tuple(renderer.untranslated),
    )


def _video(
    address: Address,
    top: Top,
    staged: Sequence[Staged],
    titled: Titled | None,
    cast: Cast,
    setting: Setting,
) -> Video | None:
    """Put the parts together, where all could be resolved."""
    if titled is None or isinstance(top.avatar, Broken) or isinstance(top.name, Broken):
        return None
    if isinstance(top.compose, Broken):
        return None
    holds = (*top.holds, *(hold for each in staged for hold in each.holds))
    scenes = [each.scene for each in staged if each.scene is not None]
    if setting.is_local:
        scenes, holds = _with_locales(titled.scenes, address.locale), (*holds, *titled.holds)
    return Video(
        address=address,
        name=top.name,
        avatar=top.avatar,
        scenes=tuple(scenes),
        span=top.span,
        compose=top.compose,
        stand_ins=tuple(cast.stand_ins.values()),
        protect=top.protect or _is_protected(address, setting.project),
        holds=tuple(dict.fromkeys(holds)),
        say=cast.say,
        drafts_only=tuple(_drafts_only(titled, scenes, cast, setting)),
        burns_captions=setting.is_local and setting.environment.burns_captions,
        locale=address.locale if setting.is_local else None,
        name_source=top.name_source,
        name_origin=top.name_origin,
        avatar_origin=top.avatar_origin,
    )


def _with_locales(scenes: Sequence[Scene], locale: str | None) -> list[Scene]:
    """Return scenes with their locale, where it tells how they are said."""
    told = told_locales([scene.spoken for scene in scenes], locale)
    return [
        scene if each is None else replace(scene, locale=each)
        for scene, each in zip(scenes, told, strict=True)
    ]


def _drafts_only(
    titled: Titled, scenes: Sequence[Scene], cast: Cast, setting: Setting
) -> Iterator[str]:
    """Yield what the files say and films of Kaltura do not have."""
    if setting.is_local:
        return
    yield from titled.drafts_only
    if setting.environment.burns_captions:
        yield "burned-in captions"
    if any(said_in(scene.narration or "", cast.unsaid) for scene in scenes):
        yield SAY


def _titled(
    takes: Sequence[Take], staged: Sequence[Staged], top: Top, cast: Cast, texts: Texts
) -> Titled | None:
    """Return the scenes with what they show of presenters, where all could be resolved."""
    scenes = [each.scene for each in staged if each.scene is not None]
    if len(scenes) < len(staged) or isinstance(top.avatar, Broken):
        return None
    return title_scenes(takes, scenes, (top.written_avatar, top.avatar), cast.titles, cast, texts)


def _is_protected(address: Address, project: Project) -> bool:
    """Whether the project protects it; the state remembers that as what the storyboard says."""
    patterns = [str(written.value) for written in project.protected]
    return bool(patterns) and address.matches(patterns)


def _too_many_scenes(staged: Sequence[Staged]) -> Diagnostic:
    return diagnose(
        "too-many-scenes",
        f"the video has {counted(len(staged), 'scene')}, and {MAX_SCENES} is the most",
        staged[MAX_SCENES].origin.span,
        "split the storyboard, or leave scenes out with `when`; "
        "this scene is the first one too many",
    )


def _no_scenes(storyboard: Storyboard) -> Diagnostic:
    """Refuse what would take all scenes from a video that is made already, and fail from then."""
    return diagnose(
        "no-scenes",
        "no scene is left of the video",
        storyboard.place.at("scenes").key_span,
        "let a `when` or a `for_each` leave at least one scene, or take the locale out",
    )


def open_renderer(
    assembled: Assembled, local: Localized, locale: str | None, setting: Setting
) -> Renderer:
    """Return a renderer that sees all variables, with what is wrong with them already found."""
    storyboard, source = assembled.storyboard, assembled.locales[0]
    project, environment = setting.project, setting.environment
    layers = (
        (project.variables, project.place),
        (environment.variables, environment.place),
        (storyboard.variables, storyboard.place),
        *local.variables,
        (setting.variables, None),
    )
    own = range(len(layers) - 1 - len(local.variables), len(layers) - 1)
    values = [
        Layer("", variables, locale if index in own else source)
        for index, (variables, _) in enumerate(layers)
    ]
    resolved = resolve_variables(values, {"locale": locale}, locale)
    names = localized_names([layer.values for layer in values], own)
    renderer = Renderer(resolved.scope, locale, layers=layers, source=source, localized=names)
    for found in resolved.faults:
        place, fault = layers[found.layer][1], found.fault
        if place is None:
            finding = diagnose(fault.kind.code, fault.message, None, fault.hint)
        else:
            finding = template_finding(fault, place.at("vars", *found.pointer))
        renderer.record(fault.kind, finding)
    return renderer


def open_cast(
    storyboard: Storyboard,
    local: Localized,
    setting: Setting,
    renderer: Renderer,
    check: ValueCheck,
) -> Cast:
    """Return what a video can name in a locale; what is wrong with that goes to the check."""
    project, environment = setting.project, setting.environment
    say = _say(storyboard, local, setting, renderer.locale)
    is_told = setting.is_local or project.says_in_payload
    return Cast(
        avatars={**project.avatars, **storyboard.avatars, **local.avatars},
        entries=layered((project.entries, storyboard.entries, environment.entries, *local.entries)),
        renderer=renderer,
        check=check,
        say=say if is_told else (),
        unsaid=() if is_told else say,
        respells=not setting.is_local,
        titles=layered_titles((project.titles, storyboard.titles, *local.titles)),
    )


def _say(storyboard: Storyboard, local: Localized, setting: Setting, locale: str | None) -> Say:
    """Return how words are said, as the studio may be told."""
    tables: tuple[Mapping[str, str], ...] = (setting.project.say, storyboard.say, local.say)
    # Kaltura would read phonemes out letter by letter, and so would espeak-ng.
    if not (setting.is_local and takes_phonemes(locale)):
        tables = tuple(map(respellings, tables))
    return say_of({word: said for table in tables for word, said in table.items()})
