"""What is said for a call (numbers, sentences) and who says it (a speech engine, recorded clips).

Others need `SpokenCall`, `Voice` and `VoiceSettings` from `app.voice.service`, and `VoiceError` from
`app.voice.errors`.
"""
