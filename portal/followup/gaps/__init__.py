"""What has no next step yet: gaps from questions and recommendations to the plan, pledges and assessments."""
