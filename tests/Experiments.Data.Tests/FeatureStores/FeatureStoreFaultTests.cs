using Experiments.Data.FeatureStores;
using Experiments.Data.Tests.Support;

namespace Experiments.Data.Tests.FeatureStores;

public sealed class FeatureStoreFaultTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dataset.json")]
    [InlineData("samples.csv")]
    [InlineData("text.npy")]
    [InlineData("audio_offsets.npy")]
    public void A_missing_file_is_named(string file)
    {
        File.Delete(_folder[file]);
        Expect(DataFault.Unreadable, file, "file");
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var problem = Assert.Throws<DataFormatException>(() => FeatureStore.Open(_folder["nowhere"]));
        Assert.Equal("DATA0001", problem.Code);
    }

    [Theory]
    [InlineData("", DataFault.BadDescription, "$")]
    [InlineData("{", DataFault.BadDescription, "$")]
    [InlineData("null", DataFault.BadDescription, "JSON")]
    [InlineData("""{"schemaVersion":2,"name":"x","samples":7,"classes":["a"],"modalities":{"text":{"features":5,"max_frames":9}}}""", DataFault.UnknownVersion, "schemaVersion")]
    [InlineData("""{"schemaVersion":1,"samples":7,"classes":["a"],"modalities":{}}""", DataFault.BadDescription, "$")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":["a"],"modalities":{}}""", DataFault.BadDescription, "modalities")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":[],"modalities":{"text":{"features":5,"max_frames":9}}}""", DataFault.BadDescription, "classes")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":["a","a"],"modalities":{"text":{"features":5,"max_frames":9}}}""", DataFault.BadDescription, "classes")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":-1,"classes":["a"],"modalities":{"text":{"features":5,"max_frames":9}}}""", DataFault.BadDescription, "samples")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":["a"],"modalities":{"../text":{"features":5,"max_frames":9}}}""", DataFault.BadDescription, "modalities")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":["a"],"modalities":{"text":{"features":0,"max_frames":9}}}""", DataFault.BadDescription, "modalities.text.features")]
    [InlineData("""{"schemaVersion":1,"name":"x","samples":7,"classes":["a"],"modalities":{"text":{"features":"5","max_frames":9}}}""", DataFault.BadDescription, "$.modalities.text.features")]
    public void A_wrong_description_is_told_with_its_key(string json, DataFault fault, string field)
    {
        File.WriteAllText(_folder["dataset.json"], json);
        Expect(fault, "dataset.json", field);
    }

    [Theory]
    [InlineData("", DataFault.BadTable, "line 1")]
    [InlineData("sample,label\na,Agree\n", DataFault.BadTable, "line 1")]
    [InlineData("sample,split,label\na,train\n", DataFault.BadTable, "line 2")]
    [InlineData("sample,split,label\na,train,Agree\n", DataFault.WrongSize, "rows")]
    [InlineData("sample,split,label\n\n\na,valid,Agree\n", DataFault.BadValue, "line 4, split")]
    [InlineData("sample,split,label\na,train,\"Agree \"\n", DataFault.BadValue, "line 2, label")]
    [InlineData("sample,split,label\n\"a\nb\",train,Agree\na,train,agree\n", DataFault.BadValue, "line 4, label")]
    [InlineData("sample,split,label\n\"a,train,Agree\n", DataFault.BadTable, "line 2")]
    [InlineData("sample,split,label\n\"a\"b,train,Agree\n", DataFault.BadTable, "line 2")]
    public void A_wrong_table_is_told_with_its_line(string table, DataFault fault, string field)
    {
        File.WriteAllText(_folder["samples.csv"], table);
        Expect(fault, "samples.csv", field);
    }

    [Fact]
    public void A_table_that_is_not_unicode_is_refused()
    {
        File.WriteAllBytes(_folder["samples.csv"], [.. "sample,split,label\n"u8, 0xE9, (byte)'\n']);
        Expect(DataFault.BadTable, "samples.csv", "encoding");
    }

    [Fact]
    public void Wrong_arrays_are_told_with_what_was_expected()
    {
        NpyFile.Write<double>(_folder["text.npy"], "<f8", "(25, 5)", new double[125]);
        Expect(DataFault.WrongType, "text.npy", "descr");
        NpyFile.Write<float>(_folder["text.npy"], "<f4", "(25, 4)", new float[100]);
        Expect(DataFault.WrongShape, "text.npy", "shape");
        NpyFile.Write<float>(_folder["text.npy"], "<f4", "(24, 5)", new float[120]);
        Assert.Contains("expected 25 frames, where the offsets end, found 24", Expect(DataFault.BadOffsets, "text.npy", "shape").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_offsets_are_told_with_their_index()
    {
        NpyFile.Write<long>(_folder["text_offsets.npy"], "<i8", "(8,)", [0, 3, 4, 8, 7, 14, 23, 25]);
        Expect(DataFault.BadOffsets, "text_offsets.npy", "offset 4");
        NpyFile.Write<long>(_folder["text_offsets.npy"], "<i8", "(8,)", [1, 3, 4, 8, 9, 14, 23, 25]);
        Expect(DataFault.BadOffsets, "text_offsets.npy", "offset 0");
        NpyFile.Write<long>(_folder["text_offsets.npy"], "<i8", "(7,)", [0, 3, 4, 8, 9, 14, 25]);
        Expect(DataFault.WrongShape, "text_offsets.npy", "shape");
        NpyFile.Write<int>(_folder["text_offsets.npy"], "<i4", "(8,)", [0, 3, 4, 8, 9, 14, 23, 25]);
        Expect(DataFault.WrongType, "text_offsets.npy", "descr");
    }

    private DataFormatException Expect(DataFault fault, string file, string field)
    {
        var problem = Assert.Throws<DataFormatException>(() => FeatureStore.Open(_folder.Path).Dispose());
        Assert.Equal(fault, problem.Fault);
        Assert.Equal(_folder[file], problem.File);
        Assert.Equal(field, problem.Field);
        return problem;
    }
}
