"""Starts MiniStack with repairs.

Lifeboat is written for AWS as AWS documents it. Where MiniStack 1.5.33 does otherwise, it is put right here, and nothing in the
product bends to it. Each repair says what AWS does. One that no longer finds what it repairs stops the start, so that a newer
MiniStack is looked at again.
"""

import json
import os
import sys
import threading
from datetime import datetime, timezone

from ministack import app
from ministack.core import iam_actions, lambda_runtime, sigv4
from ministack.services import dynamodb, eventbridge, lambda_svc, scheduler, stepfunctions
from ministack.services.cloudformation import provisioners


def replaced(text, old, new):
    """The text with a part replaced that must be there exactly once."""
    if text.count(old) != 1:
        sys.exit(f"This MiniStack is not the one that test/deploy/launch.py repairs: looked for {old!r}")
    return text.replace(old, new)


# Errors of functions. MiniStack reports what a Node function throws as an error named Runtime.HandlerError. AWS gives the name
# of the error and its stack, and Step Functions matches Retry and Catch by that name:
# https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
worker = replaced(
    lambda_runtime._NODEJS_WORKER_SCRIPT,
    'status: "error", error: String(err.message || err), trace: err.stack || ""',
    'status: "error", error: String(err.message || err), trace: err.stack || "", thrown: String(err.name || "Error")',
)

# Time. The simulated Atlas runs many times as fast as the world, and SFN_WAIT_SCALE shortens the waits of workflows likewise.
# The functions live in between, so their clock has to keep pace: see simulated-time.cjs.
lambda_runtime._NODEJS_WORKER_SCRIPT = f'require({json.dumps(os.environ["SIMULATED_TIME_SCRIPT"])});\n{worker}'

last = threading.local()
plain_invoke = lambda_runtime.Worker.invoke
plain_warm = lambda_svc._execute_function_warm


def invoke(self, *args, **kwargs):
    last.answer = plain_invoke(self, *args, **kwargs)
    return last.answer


def execute_warm(*args):
    last.answer = {}
    result = plain_warm(*args)
    thrown = last.answer.get("thrown")
    if result.get("error") and thrown:
        stack = last.answer["trace"].split("\n")
        result["body"] = {**result["body"], "errorType": thrown, "trace": stack}
    return result


lambda_runtime.Worker.invoke = invoke
lambda_svc._execute_function_warm = execute_warm

# A clock that runs ahead signs requests with times that are ahead. AWS, and MiniStack, refuse those after five minutes. That is
# kept for the API, whose callers have the time of the world, and lifted for what functions ask of the other services.
plain_skew = sigv4.request_time_failure


def request_time_failure(signature, **kwargs):
    return plain_skew(signature, **kwargs) if signature.service == "execute-api" else None


sigv4.request_time_failure = request_time_failure

# Tasks that wait for a token. MiniStack does not know TimeoutSecondsPath, SFN_WAIT_SCALE leaves TimeoutSeconds of these tasks as
# it is, and an error of the function that is handed the token is swallowed, where on AWS the task fails with it.
# https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html
plain_task = stepfunctions._execute_task
plain_callback = stepfunctions._invoke_with_callback
plain_call = stepfunctions._call_lambda
waiting = threading.local()
machines = {}


def execute_task(state, raw_input, execution, context):
    waiting.machine = execution["stateMachineArn"]
    if "TimeoutSecondsPath" in state:
        seconds = stepfunctions._resolve_path_or_ctx(state["TimeoutSecondsPath"], raw_input, context)
        state = {**state, "TimeoutSeconds": seconds}
    return plain_task(state, raw_input, execution, context)


def invoke_with_callback(resource, data, token, state):
    if "TimeoutSeconds" in state:
        state = {**state, "TimeoutSeconds": state["TimeoutSeconds"] * stepfunctions._SFN_WAIT_SCALE}
    machines[token] = waiting.machine
    waiting.token = token
    try:
        return plain_callback(resource, data, token, state)
    finally:
        waiting.token = None


def call_lambda(function, event):
    try:
        return plain_call(function, event)
    except stepfunctions._ExecutionError as error:
        task = stepfunctions._task_tokens.get(getattr(waiting, "token", None))
        if task is not None:
            task["error"] = {"Error": error.error, "Cause": error.cause}
            task["event"].set()
        raise


stepfunctions._execute_task = execute_task
stepfunctions._invoke_with_callback = invoke_with_callback
stepfunctions._call_lambda = call_lambda

# Whoever ends such a wait names the token alone. AWS knows whose it is and looks for a policy that names the state machine, as
# grantTaskResponse of CDK writes it; MiniStack looks for one that names everything.
plain_resource = iam_actions.extract_resource_arn


def extract_resource_arn(service, method, path, *rest, **named):
    if service == "states":
        body = named.get("body", next((part for part in rest if isinstance(part, bytes)), b""))
        known = machines.get(json.loads(body or b"{}").get("taskToken"))
        if known is not None:
            return known
    return plain_resource(service, method, path, *rest, **named)


iam_actions.extract_resource_arn = extract_resource_arn

# Schedules. AWS fills context attributes into the input of a target; MiniStack hands them on as they are written.
# https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
# The functions judge by their own time whether a run is late, so they are told by that when it was due.
# It also looks for what is due every ten seconds only.
plain_target = eventbridge._invoke_target


def simulated(seconds):
    """An instant of the world as the functions see it."""
    try:
        with open(os.environ["SIMULATED_TIME_FILE"], encoding="utf-8") as file:
            time = json.load(file)
    except FileNotFoundError:
        return seconds
    return time["simulated"] / 1000 + (seconds - time["world"] / 1000) * time["speed"]


def invoke_target(target, event, rule, view=None):
    if event.get("Source") == "aws.scheduler" and target.get("Input"):
        due = datetime.fromtimestamp(simulated(event["Time"]), timezone.utc)
        text = target["Input"].replace("<aws.scheduler.scheduled-time>", due.strftime("%Y-%m-%dT%H:%M:%SZ"))
        target = {**target, "Input": text.replace("<aws.scheduler.execution-id>", event["EventId"])}
    return plain_target(target, event, rule, view)


eventbridge._invoke_target = invoke_target
scheduler._SCHEDULE_TICK_INTERVAL = 1

# Secrets. CloudFormation's Ref of a secret is its ARN; MiniStack gives the name, and a policy that names it then allows nothing.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
secrets = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
create, update, delete = secrets["create"], secrets["update"], secrets["delete"]


def name_of(physical_id):
    if not physical_id.startswith("arn:"):
        return physical_id
    return physical_id.split(":secret:")[1].rsplit("-", 1)[0]


def by_arn(made):
    _, attributes, *rest = made
    return attributes["Arn"], attributes, *rest


secrets["create"] = lambda *args, **kwargs: by_arn(create(*args, **kwargs))
secrets["update"] = lambda physical_id, *args, **kwargs: by_arn(update(name_of(physical_id), *args, **kwargs))
secrets["delete"] = lambda physical_id, *args: delete(name_of(physical_id), *args)

# The address of an API. It leads to the API on AWS; MiniStack's is a host that is not to be found, while it takes requests by a path.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
apis = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
create_api, update_api = apis["create"], apis["update"]


def by_path(made):
    api_id, attributes, *rest = made
    address = f"https://127.0.0.1:{os.environ['GATEWAY_PORT']}/_aws/execute-api/{api_id}/$default"
    return api_id, {**attributes, "ApiEndpoint": address}, *rest


apis["create"] = lambda *args, **kwargs: by_path(create_api(*args, **kwargs))
apis["update"] = lambda *args, **kwargs: by_path(update_api(*args, **kwargs))

# No repair: bench/cost counts what the table was asked and answered, a line of JSON for each call. A write whose condition did not
# hold has no output.
plain_table = dynamodb.handle_request


async def handle_table(method, path, headers, body, query):
    status, made, answer = await plain_table(method, path, headers, body, query)
    operation = headers.get("x-amz-target", "").split(".")[-1]
    if operation in ("GetItem", "PutItem", "DeleteItem", "Query") and (
        status == 200 or b"ConditionalCheckFailed" in as_bytes(answer)
    ):
        output = json.loads(answer or "{}") if status == 200 else None
        line = {"operation": operation, "input": json.loads(body), **({"output": output} if status == 200 else {})}
        with open(os.environ["TABLE_CALLS_FILE"], "a", encoding="utf-8") as calls:
            calls.write(json.dumps(line) + "\n")
    return status, made, answer


def as_bytes(answer):
    return answer if isinstance(answer, bytes) else (answer or "").encode()


if "TABLE_CALLS_FILE" in os.environ:
    dynamodb.handle_request = handle_table

sys.exit(app.main())
