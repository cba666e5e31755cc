export default {
  "refusal.VIDEO_NOT_FOUND": "הסרטון כבר אינו קיים: הוא נמחק.",
  "refusal.VIDEO_IS_PROCESSING": "הסרטון נמצא בעיבוד. אפשר יהיה לערוך אותו כשהעיבוד יסתיים.",
  "refusal.VIDEO_IS_BEING_GENERATED": "הסרטון כבר נמצא בהפקה.",
  "refusal.VIDEO_CANNOT_COMPOSE": "אי אפשר לחבר את הסרטון עכשיו. אם הניסיון הקודם נכשל, יש לאפס אותו תחילה.",
  "refusal.VIDEO_CANNOT_GENERATE": "אי אפשר להפיק את הסרטון במצבו הנוכחי.",
  "refusal.CANNOT_RESET_STATUS": "אפשר לאפס רק סרטון שהניסיון האחרון בו נכשל.",
  "refusal.SCENE_EMPTY_NARRATION": "בסצנה הזאת אין טקסט. יש לכתוב טקסט תחילה.",
  "refusal.CAPTIONS_NOT_FOUND": "למקורות אין כתוביות. יש להוסיף להם כתוביות תחילה.",
  "refusal.TOO_MANY_SOURCES": "נבחרו יותר מחמישה מקורות. יש לבחור חמישה או פחות.",
  "refusal.VIDEO_AVATAR_NOT_CONFIGURED": "לסרטון אין אווטאר. יש לבחור אחד תחילה.",
};
