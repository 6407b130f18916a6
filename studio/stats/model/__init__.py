"""The statistics under the answers: one additive, shrunken model of the logs of a figure.

    y = log(figure) − log(share of it a post of that age has) = sum of parts + noise

* `prepare`: figures and ages to `y`, and the covariates every model carries (growth, formats).
* `additive`: a `Part` is a block of columns with a Gaussian prior of known shape and unknown
  scale; `fit` averages over a grid of scales and noises and returns a `Posterior`;
  `Posterior.contrast` says of any combination of effects its mean, interval and probabilities.
* `kernel`: shapes of the priors of hours, weekdays and slots.
* `public`: published posting times, the weak prior of the hours.
* `slots`: the model of posting times, put together from the above.
* `advise`: best times; `planning`: the next posts.

Everything here needs NumPy and is imported only where an answer is asked for.
"""
