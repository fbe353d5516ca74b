using System.Globalization;

namespace Experiments.Data.Tests.Support;

/// <summary>A small feature store on disk: the value of frame f, feature k of sample s tells s, f and k.</summary>
internal sealed class StoreFolder : IDisposable
{
    public const int Samples = 7;
    public const int Features = 5;
    public static readonly int[] TextFrames = [3, 1, 4, 1, 5, 9, 2];
    public static readonly int[] AudioFrames = [2, 7, 0, 8, 2, 8, 1];

    private readonly TemporaryFolder _folder = new();

    public StoreFolder()
    {
        File.WriteAllText(this["dataset.json"], """
            {"schemaVersion":1,"name":"TINY","samples":7,"classes":["Agree","Question, open","Other"],
             "modalities":{"text":{"features":5,"max_frames":9,"frames_per_second":null,"synthetic":false},"audio":{"features":5,"max_frames":6,"frames_per_second":50,"synthetic":true}},
             "synthetic":["audio: noise"],"source":{"anything":[1,2]}}
            """);
        File.WriteAllText(this["samples.csv"], "sample,utterance,split,label\r\na,\"Hi, \"\"you\"\"\",train,Agree\r\nb,x,train,\"Question, open\"\r\nc,\"two\nlines\",dev,Other\r\nd,,test,Agree\r\n\r\ne,x,train,Other\r\nf,x,train,Agree\r\ng,x,dev,Agree\r\n");
        WriteModality("text", TextFrames);
        WriteModality("audio", AudioFrames);
    }

    public string Path => _folder.Path;

    public string this[string file] => _folder[file];

    public static float Value(int sample, int frame, int feature) => (1000 * sample) + (10 * frame) + feature + 1;

    public static long[] Offsets(int[] frames)
    {
        var offsets = new long[frames.Length + 1];
        for (var i = 0; i < frames.Length; i++)
        {
            offsets[i + 1] = offsets[i] + frames[i];
        }

        return offsets;
    }

    public void WriteModality(string name, int[] frames)
    {
        var values = frames.SelectMany((count, sample) => Enumerable.Range(0, count * Features).Select(i => Value(sample, i / Features, i % Features))).ToArray();
        NpyFile.Write<float>(this[name + ".npy"], "<f4", string.Create(CultureInfo.InvariantCulture, $"({values.Length / Features}, {Features})"), values);
        NpyFile.Write<long>(this[name + "_offsets.npy"], "<i8", string.Create(CultureInfo.InvariantCulture, $"({frames.Length + 1},)"), Offsets(frames));
    }

    public void Dispose() => _folder.Dispose();
}
