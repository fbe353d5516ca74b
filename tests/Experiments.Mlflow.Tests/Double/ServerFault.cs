using System.Text.Json.Nodes;

namespace Experiments.Mlflow.Tests.Double;

/// <summary>An error that the double answers with.</summary>
internal sealed class ServerFault(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public static ServerFault Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    public static ServerFault BadRequest(string message) => new(400, "BAD_REQUEST", message);

    public static ServerFault MissingValue(string field) =>
        Invalid($"Missing value for required parameter '{field}'. See the API docs for more information about request parameters.");

    public static ServerFault WrongValue(string field) => Invalid($"Invalid value for parameter '{field}' supplied");

    public static ServerFault NotFound(string message) => new(404, "RESOURCE_DOES_NOT_EXIST", message);

    public static ServerFault Exists(string message) => new(400, "RESOURCE_ALREADY_EXISTS", message);

    public JsonObject ToJson(MlflowVersion version)
    {
        var json = new JsonObject { ["error_code"] = code, ["message"] = Message };
        if (version == MlflowVersion.V311 && status != 501)
        {
            json["sqlstate"] = "KAM00";
            json["error_class"] = code == "RESOURCE_DOES_NOT_EXIST" ? "RESOURCE_NOT_FOUND" : code;
        }

        return json;
    }
}
