import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

// Told to every process on an older Node, once: nothing prints in a test.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** Where a real S3 service listens, and as whom: `bash test/s3/start-swift.sh up` starts one and prints this. */
const { S3_TEST_ENDPOINT: endpoint = '', S3_TEST_REGION: region = 'us-east-1' } = process.env;
const credentials = {
  accessKeyId: process.env['S3_TEST_ACCESS_KEY_ID'] ?? '',
  secretAccessKey: process.env['S3_TEST_SECRET_ACCESS_KEY'] ?? '',
};

export const isS3There = endpoint !== '';
export const whyNot = isS3There ? '' : ' (skipped: S3_TEST_ENDPOINT names no service, see test/s3)';

export type ClientOptions = { readonly endpoint?: string; readonly secretAccessKey?: string };

export function s3Client(options: ClientOptions = {}): S3Client {
  return new S3Client({
    endpoint: options.endpoint ?? endpoint,
    region,
    forcePathStyle: true,
    maxAttempts: 2,
    credentials: {
      ...credentials,
      ...(options.secretAccessKey === undefined ? {} : { secretAccessKey: options.secretAccessKey }),
    },
  });
}

/** A bucket of its own, created. */
export async function newBucket(client: S3Client): Promise<string> {
  const bucket = `clew-test-${crypto.randomUUID()}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

/** A key of the service's own, where it has such. */
export const kmsKeyId = process.env['S3_TEST_KMS_KEY_ID'];

export const endpointOfService = endpoint;
