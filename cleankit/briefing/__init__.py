"""Text -> Briefing -> JSON -> findings: `parse.parse`, `model.Briefing`, `validate.validate`."""
