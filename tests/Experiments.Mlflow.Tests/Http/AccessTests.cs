using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Experiments.Mlflow.Entities;
using Experiments.Mlflow.Http;
using Experiments.Mlflow.Http.Access;
using Experiments.Mlflow.Tests.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Experiments.Mlflow.Tests.Http;

public sealed class AccessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "u", "p", "t", "Basic u:p")]
    [InlineData("", null, null, "t", "Bearer t")]
    [InlineData("", "u", null, "t", "Bearer t")]
    [InlineData("", "", "", "", null)]
    [InlineData("x%40y:z@", "u", "p", "t", "Basic x@y:z")]
    public void Credentials_are_found_in_the_python_clients_order(string inUri, string? user, string? password, string? token, string? expected)
    {
        var found = CredentialSource.Find(new Uri($"http://{inUri}host"), Environment(user, password, token), _folder.File("none"));

        Assert.Equal(expected, Show(found));
    }

    [Fact]
    public void What_the_environment_lacks_is_taken_from_the_credentials_file()
    {
        var file = _folder.File("credentials");
        File.WriteAllText(file, "# mine\n[other]\nmlflow_tracking_username = no\n[mlflow]\nmlflow_tracking_username = u\nmlflow_tracking_password = p=1\n");

        Assert.Equal("Basic u:p=1", Show(CredentialSource.Find(new Uri("http://host"), Environment(null, null, "t"), file)));
        Assert.Equal("Basic v:p=1", Show(CredentialSource.Find(new Uri("http://host"), Environment("v", null, null), file)));
    }

    [Fact]
    public void Credentials_show_nothing_of_themselves() =>
        Assert.DoesNotContain("secret", MlflowCredentials.Bearer("secret").ToString(), StringComparison.Ordinal);

    [Fact]
    public async Task Credentials_open_a_server_that_wants_them()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        world.Server.Credentials = "alice:s3cret";
        await using var right = HttpStoreFactory.Create(world.Server.Address, Options, Environment("alice", "s3cret", null), _folder.File("none"));
        await using var wrong = HttpStoreFactory.Create(world.Server.Address, Options, Environment("alice", "s3cre", null), _folder.File("none"));

        Assert.Equal("Default", (await right.GetExperimentAsync("0", Cancellation)).Name);
        var e = await Assert.ThrowsAsync<MlflowException>(() => wrong.GetExperimentAsync("0", Cancellation));
        Assert.Equal(MlflowErrorCode.Unauthenticated, e.ErrorCode);
        Assert.DoesNotContain("s3cre", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_are_not_shown_to_another_host_that_keeps_the_artifacts()
    {
        await using var world = await StoreFixture.CreateAsync("3.11");
        await using var elsewhere = await Double.MlflowDouble.StartAsync();
        var shown = new List<string>();
        elsewhere.OnAnswer = context =>
        {
            shown.Add(context.Request.Headers.Authorization.ToString());
            return Task.CompletedTask;
        };
        world.Server.Credentials = "alice:s3cret";
        await using var store = HttpStoreFactory.Create(world.Server.Address, Options, Environment("alice", "s3cret", null), _folder.File("none"));
        var experiment = await store.CreateExperimentAsync(
            new NewExperiment { Name = "x", ArtifactLocation = $"{elsewhere.Address}/files" }, Cancellation);
        var run = await store.CreateRunAsync(new NewRun { ExperimentId = experiment }, Cancellation);

        await store.UploadArtifactAsync(run.Id, "a.txt", new MemoryStream("hello"u8.ToArray()), Cancellation);

        Assert.Equal([""], shown);
    }

    [Fact]
    public void Trusting_everyone_and_trusting_one_exclude_each_other() => Assert.Throws<MlflowException>(() => TlsSettings.Read(
        name => name is "MLFLOW_TRACKING_INSECURE_TLS" ? "true" : name is "MLFLOW_TRACKING_SERVER_CERT_PATH" ? "ca.pem" : null));

    [Fact]
    public async Task A_servers_certificate_is_checked_as_the_environment_says()
    {
        using var certificate = SelfSigned();
        await using var server = await StartTlsAsync(certificate);
        var address = $"https://localhost:{new Uri(server.Urls.First()).Port}";
        await File.WriteAllTextAsync(_folder.File("ca.pem"), certificate.ExportCertificatePem(), Cancellation);
        var client = certificate.ExportCertificatePem() + "\n" + certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();
        await File.WriteAllTextAsync(_folder.File("client.pem"), client, Cancellation);

        async Task<string> Ask(params (string Name, string Value)[] variables)
        {
            await using var store = HttpStoreFactory.Create(
                address, Options, name => variables.FirstOrDefault(variable => variable.Name == name).Value, _folder.File("none"));
            return (await store.GetExperimentAsync("0", Cancellation)).Name;
        }

        var e = await Assert.ThrowsAsync<MlflowException>(() => Ask());
        Assert.False(e.IsTransient);
        Assert.Equal("anonymous", await Ask(("MLFLOW_TRACKING_INSECURE_TLS", "true")));
        Assert.Equal("anonymous", await Ask(("MLFLOW_TRACKING_SERVER_CERT_PATH", _folder.File("ca.pem"))));
        Assert.Equal(
            "CN=localhost",
            await Ask(("MLFLOW_TRACKING_SERVER_CERT_PATH", _folder.File("ca.pem")), ("MLFLOW_TRACKING_CLIENT_CERT_PATH", _folder.File("client.pem"))));
    }

    public void Dispose() => _folder.Dispose();

    private static MlflowOptions Options => new() { Retry = StoreFixture.Quick with { MaxRetries = 1 } };

    private static Func<string, string?> Environment(string? user, string? password, string? token) => name => name switch
    {
        "MLFLOW_TRACKING_USERNAME" => user,
        "MLFLOW_TRACKING_PASSWORD" => password,
        "MLFLOW_TRACKING_TOKEN" => token,
        _ => null,
    };

    private static string? Show(MlflowCredentials? credentials) => credentials?.Header is { } header
        ? $"{header.Scheme} {(header.Scheme == "Basic" ? Encoding.UTF8.GetString(Convert.FromBase64String(header.Parameter!)) : header.Parameter)}"
        : null;

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable);
    }

    // Answers with the name that the client's certificate has.
    private static async Task<WebApplication> StartTlsAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate, https =>
        {
            https.ClientCertificateMode = Microsoft.AspNetCore.Server.Kestrel.Https.ClientCertificateMode.AllowCertificate;
            https.AllowAnyClientCertificate();
        })));
        var application = builder.Build();
        application.Run(async context =>
        {
            var client = await context.Connection.GetClientCertificateAsync();
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync($$$"""{"experiment": {"experiment_id": "0", "name": "{{{client?.Subject ?? "anonymous"}}}"}}""");
        });
        await application.StartAsync();
        return application;
    }
}
