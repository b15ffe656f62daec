"""Files of other programs: FHIR R4 questionnaires and their answers. No file is ever fetched from anywhere."""
