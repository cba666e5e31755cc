// What a refusal of the API means to a person; the code of a refusal that is not here speaks itself.
export default {
  "refusal.VIDEO_NOT_FOUND": "This video is not among yours: it was deleted, or another user has it.",
  "refusal.VIDEO_IS_PROCESSING": "The video is being composed or generated. It can be edited again when that is done.",
  "refusal.VIDEO_IS_BEING_GENERATED": "A film of this video is being made already.",
  "refusal.VIDEO_CANNOT_COMPOSE": "The video cannot be composed now. Reset it first if the last attempt failed.",
  "refusal.VIDEO_CANNOT_GENERATE": "The video cannot be generated in its present state.",
  "refusal.CANNOT_RESET_STATUS": "Only a video whose last attempt failed can be reset.",
  "refusal.SCENE_EMPTY_NARRATION": "This scene has no narration. Write some text first.",
  "refusal.CAPTIONS_NOT_FOUND": "The sources have no captions. Add captions to them first.",
  "refusal.TOO_MANY_SOURCES": "There are more than five sources. Choose five or fewer.",
  "refusal.VIDEO_AVATAR_NOT_CONFIGURED": "The video has no avatar. Choose one first.",
  "refusal.PRESENTATION_REQUIRED": "Choose one presentation: a PDF.",
  "refusal.VIDEO_GENERATION_ALREADY_IN_PROGRESS": "Another film is being made. Generate this one when that is ready.",
  "refusal.SLIDE_NOT_FOUND": "The presentation has no such slide.",
  "refusal.ENTRY_NOT_FOUND": "A source does not exist any more.",
};
