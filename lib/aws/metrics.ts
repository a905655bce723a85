/**
 * Writes figures in CloudWatch's embedded metric format: a line in the log that CloudWatch turns into metrics, without
 * a call. Names are ours and values are counts; nothing of a contact is among them.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const publishMetrics = (figures: Readonly<Record<string, number>>): void => {
  console.log(JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{
        Namespace: 'Sendwell', Dimensions: [[]], Metrics: Object.keys(figures).map((Name) => ({ Name, Unit: 'Count' })),
      }],
    },
    ...figures,
  }));
};
