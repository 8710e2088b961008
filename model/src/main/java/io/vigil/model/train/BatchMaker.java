package io.vigil.model.train;

import io.vigil.model.backend.Batch;
import io.vigil.model.config.EfficientDetConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Reads, scales, crops and mirrors the pictures of a step, and finds their targets. */
final class BatchMaker {

  /** As many as google/automl's targets have room for; of more, the largest. */
  private static final int MOST_OBJECTS = 100;

  private final EfficientDetConfig config;
  private final Recipe recipe;
  private final TrainingData data;
  private final Sampler sampler;
  private final Assigner assigner;
  private final int height;
  private final int width;

  BatchMaker(
      EfficientDetConfig config, Recipe recipe, TrainingData data, Sampler sampler, Size size) {
    this.config = config;
    this.recipe = recipe;
    this.data = data;
    this.sampler = sampler;
    this.height = size.height();
    this.width = size.width();
    this.assigner =
        new Assigner(recipe.assignment(), recipe.anchorLayout(config), size.height(), size.width());
  }

  /** Of the training pictures, model pixels. */
  record Size(int height, int width) {}

  /**
   * @throws TrainingException if a picture cannot be read
   */
  TrainingBatch step(long step) {
    var draws = sampler.step(step);
    var pixels = new float[3 * height * width * draws.length];
    var targets = new ArrayList<Targets>();
    var names = new ArrayList<String>();
    for (var i = 0; i < draws.length; i++) {
      var picture = data.pictures().get(draws[i].index());
      var jitter = jitter(picture, new SplittableRandom(draws[i].seed()));
      Crop.into(pixels, 3 * height * width * i, read(picture), jitter, config.normalization());
      targets.add(assigner.assign(objects(picture, jitter)));
      names.add(picture.name());
    }
    return new TrainingBatch(new Batch(pixels, draws.length, height, width), targets, names);
  }

  private Jitter jitter(TrainingData.Picture picture, SplittableRandom random) {
    var draws =
        new Jitter.Draws(
            (float) random.nextDouble(),
            (float)
                (recipe.jitterMin() == recipe.jitterMax()
                    ? recipe.jitterMin()
                    : random.nextDouble(recipe.jitterMin(), recipe.jitterMax())),
            (float) random.nextDouble(),
            (float) random.nextDouble());
    return Jitter.of(picture.height(), picture.width(), height, width, draws);
  }

  private static RgbPicture read(TrainingData.Picture picture) {
    try {
      var pixels = picture.source().read();
      var wrong = pixels.notOfSize(picture.width(), picture.height());
      if (wrong.isPresent()) {
        throw new TrainingException(
            "%s %s; --dry-run tells all such pictures.".formatted(picture.name(), wrong.get()));
      }
      return pixels;
    } catch (IOException e) {
      throw new TrainingException(e.getMessage(), e);
    }
  }

  private static List<TruthBox> objects(TrainingData.Picture picture, Jitter jitter) {
    var moved =
        picture.objects().stream()
            .map(object -> jitter.move(object, picture.height(), picture.width()))
            .filter(Objects::nonNull)
            .toList();
    if (moved.size() <= MOST_OBJECTS) {
      return moved;
    }
    return IntStream.range(0, moved.size())
        .boxed()
        .sorted(Comparator.comparing(i -> -moved.get(i).area()))
        .limit(MOST_OBJECTS)
        .sorted()
        .map(moved::get)
        .toList();
  }
}
