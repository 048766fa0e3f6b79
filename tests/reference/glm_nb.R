# Negative binomial regressions by MASS::glm.nb on glm_nb.csv: the numbers that test_glm_nb.py compares ours with.
#
#     Rscript glm_nb.R glm_nb.csv > glm_nb.json
#
# glm_nb.csv holds invented counts: one simulated world's first dyad, 120 months, with the covariates of M1.
suppressPackageStartupMessages(library(MASS))
data <- read.csv(commandArgs(trailingOnly = TRUE)[1])
control <- glm.control(epsilon = 1e-12, maxit = 200)
number <- function(x) paste0("[", paste(format(x, digits = 15, trim = TRUE), collapse = ", "), "]")
reported <- function(columns) {
  model <- glm.nb(reformulate(columns, "count"), data = data, control = control)
  table <- summary(model)$coefficients
  sprintf('{"coefficients": %s, "standard_errors": %s, "theta": %s, "twice_log_likelihood": %s}',
          number(table[, 1]), number(table[, 2]), format(model$theta, digits = 15), format(model$twologlik, digits = 15))
}
columns <- setdiff(names(data), "count")
cat(sprintf('{\n"made_by": "R %s.%s, MASS %s",\n"without": %s,\n"with": %s\n}\n', R.version$major, R.version$minor,
            packageVersion("MASS"), reported(head(columns, -2)), reported(columns)))
